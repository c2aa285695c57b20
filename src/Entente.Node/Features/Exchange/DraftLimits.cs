using System.Collections.Frozen;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>How much one message may hold. Room for every honest case, and an end to mistakes.</summary>
internal static class DraftLimits
{
    public const int Line = 300;
    public const int Text = 20_000;
    public const int Subjects = 50;
    public const int Questions = 50;
    public const int Files = 10;

    /// <summary>
    /// 25 MiB for each file; up to 64 KiB it travels inside the message, above that apart and in chunks. The wire has no
    /// such limit: this is what one form may bring, within <see cref="Web.PagesRegistration.LargestForm"/> for all files.
    /// </summary>
    public const long FileBytes = 25 << 20;

    /// <summary>From this size on, a browser that runs scripts sends a file by itself, and shows how far it is.</summary>
    public const long Directly = 4 << 20;

    /// <summary>5 GiB: what the node takes of one file that streams in beside its form.</summary>
    public const long LargestFile = AttachmentStore.MaxSize;

    /// <summary>What one officer may bring in a day, sent or not.</summary>
    public const long OfficerBytes = 4 * LargestFile;

    /// <summary>Types that open without running anything; everything else is refused.</summary>
    public static readonly FrozenSet<string> FileTypes = new[]
    {
        "application/pdf",
        "text/plain",
        "text/csv",
        "image/png",
        "image/jpeg",
        "image/tiff",
        "image/webp",
        "audio/mpeg",
        "video/mp4",
        "application/json",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<ExchangeError> Faults(RequestDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Subject))
        {
            yield return new SubjectMissing();
        }

        if (draft.Subject.Length > Line)
        {
            yield return new TextTooLong("subject");
        }

        if (draft.Kind == Kinds.Alert && !Acknowledgement.Codes.Contains(draft.Acknowledge))
        {
            yield return new AcknowledgeUnknown();
        }

        foreach (var (field, text) in Texts(draft))
        {
            if (text?.Length > Text)
            {
                yield return new TextTooLong(field);
            }
        }

        if (draft.Subjects.Count > Subjects || draft.Subjects.Any(s => s.Name.Length > Line))
        {
            yield return new TooMany("subjects");
        }

        if (draft.Questions.Count > Questions)
        {
            yield return new TooMany("questions");
        }

        foreach (var fault in Faults(draft.Attachments))
        {
            yield return fault;
        }
    }

    public static IEnumerable<ExchangeError> Faults(IReadOnlyList<Attachment> attachments)
    {
        if (attachments.Count > Files)
        {
            yield return new TooMany("attachments");
        }

        if (attachments.Any(file => file.Size > LargestFile))
        {
            yield return new FileTooLarge();
        }

        if (attachments.Any(file => !FileTypes.Contains(file.Type)))
        {
            yield return new FileTypeNotAllowed();
        }
    }

    public static bool MayTravel(string type, long size) => size <= LargestFile && FileTypes.Contains(type);

    private static IEnumerable<(string Field, string? Text)> Texts(RequestDraft draft) =>
        [
            ("purpose", draft.Purpose),
            ("justification", draft.Justification),
            ("availability", draft.Availability),
            ("subject-link", draft.SubjectLink),
            ("urgency-reason", draft.UrgencyReason),
            ("text", draft.Text),
            ("handling-text", draft.HandlingText),
            ("questions", string.Join('\n', draft.Questions)),
        ];
}
