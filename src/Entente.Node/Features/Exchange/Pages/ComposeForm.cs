using System.Globalization;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>The compose form's fields, to the draft and back.</summary>
internal static class ComposeForm
{
    public static RequestDraft Read(IFormCollection form, string language) =>
        new()
        {
            Kind = Kind(form["kind"]),
            To = $"{Text(form, "unit")}@{Text(form, "partner")}",
            Case = Said(form, "case"),
            Forward = Said(form, "forward"),
            Subject = Text(form, "subject"),
            Language = language,
            Domain = Said(form, "domain"),
            Purpose = Said(form, "purpose"),
            Basis = Said(form, "basis"),
            Commitments = Many(form, "commitment"),
            Urgency = Said(form, "urgency") ?? "other",
            UrgencyGround = Said(form, "urgency-ground"),
            UrgencyReason = Said(form, "urgency-reason"),
            Justification = Said(form, "justification"),
            Availability = Said(form, "availability"),
            SubjectLink = Said(form, "subject-link"),
            Text = Said(form, "text"),
            Acknowledge = Said(form, "acknowledge") ?? Acknowledgement.Usual,
            Rank = Rank(form),
            Handling = Many(form, "handling"),
            HandlingText = Said(form, "handling-text"),
            Reliability = Said(form, "reliability"),
            Accuracy = Said(form, "accuracy"),
            Safeguards = Safeguards(form),
            ApprovalReason = Said(form, "approval-reason"),
            Subjects = Subjects(form),
            Channels = [.. Many(form, "channel").Intersect(RequestChannels.All)],
            ChannelReference = Said(form, "channel-reference"),
            Questions = Lines(Text(form, "questions")),
        };

    /// <summary>What this page writes; a request where it is anything else.</summary>
    public static string Kind(string? kind) => kind is Kinds.Information or Kinds.Alert ? kind : Kinds.Request;

    public static Safeguards Safeguards(IFormCollection form) =>
        new()
        {
            TransferGround = Said(form, "transfer-ground"),
            TransferReason = Said(form, "transfer-reason"),
            Nature = Said(form, "nature") ?? "facts",
            Assessment = Said(form, "assessment"),
            SpecialCategories = Many(form, "special"),
            SpecialGround = Said(form, "special-ground"),
            SpecialReason = Said(form, "special-reason"),
            Tlp = Said(form, "tlp"),
            Pap = Said(form, "pap"),
        };

    public static int Rank(IFormCollection form) =>
        int.TryParse(form["rank"], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : 0;

    public static IReadOnlyList<string> Many(IFormCollection form, string name) =>
        [.. form[name].Where(value => !string.IsNullOrEmpty(value)).Select(value => value!)]; // Filtered.

    public static string? Said(IFormCollection form, string name) =>
        Text(form, name) is { Length: > 0 } text ? text : null;

    public static string Text(IFormCollection form, string name) =>
        form[name].ToString().ReplaceLineEndings("\n").Trim();

    private static IReadOnlyList<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Rows `subject.0.name`, …: as many as there are, empty ones left out.</summary>
    private static List<SubjectDraft> Subjects(IFormCollection form)
    {
        var subjects = new List<SubjectDraft>();
        for (var i = 0; i <= DraftLimits.Subjects && form.ContainsKey($"subject.{i}.name"); i++)
        {
            if (
                Said(form, $"subject.{i}.name") is { } name
                && Enum.TryParse<SubjectType>(form[$"subject.{i}.type"], ignoreCase: true, out var type)
            )
            {
                subjects.Add(
                    new SubjectDraft(type, name, Said(form, $"subject.{i}.detail"), Said(form, $"subject.{i}.born"))
                    {
                        Category = Said(form, $"subject.{i}.category"),
                        IsMinor = Said(form, $"subject.{i}.minor") is not null,
                    }
                );
            }
        }

        return subjects;
    }
}
