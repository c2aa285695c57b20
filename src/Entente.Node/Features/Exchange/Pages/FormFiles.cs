using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>The files of a form: those just chosen are kept, those kept before come back by their ids.</summary>
internal sealed class FormFiles(DraftFiles drafts)
{
    public async Task<(IReadOnlyList<(DraftFile File, AttachmentDraft Content)> Files, bool Refused)> ReadAsync(
        Officer officer,
        IFormCollection form,
        CancellationToken cancellation
    )
    {
        List<string> ids = [.. ComposeForm.Many(form, "file").Except(ComposeForm.Many(form, "remove"))];
        var refused = false;
        foreach (var upload in form.Files.Where(file => file.Length > 0).Take(DraftLimits.Files))
        {
            var kept =
                upload.Length > DraftLimits.FileBytes
                    ? null
                    : await drafts.KeepAsync(officer, await ReadAsync(upload, cancellation), cancellation);
            refused |= kept is null;
            if (kept is not null)
            {
                ids.Add(kept.Id);
            }
        }

        return (await drafts.OpenAsync(officer, ids, cancellation), refused);
    }

    private static async Task<AttachmentDraft> ReadAsync(IFormFile upload, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await upload.CopyToAsync(content, cancellation);
        return new AttachmentDraft(upload.FileName, upload.ContentType.Split(';')[0].Trim(), content.ToArray());
    }
}
