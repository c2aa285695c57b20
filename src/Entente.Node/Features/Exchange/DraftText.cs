using System.Text;
using Entente.Node.Features.Exchange.Pages;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A message in plain words, for whoever approves it.</summary>
internal static class DraftText
{
    public static string Of(Message message)
    {
        var text = new StringBuilder(message.Subject).AppendLine().AppendLine();
        if (message.Purpose is { } purpose)
        {
            text.AppendLine(purpose).AppendLine();
        }

        text.AppendLine(MessageText.Of(message));
        foreach (var subject in message.Subjects ?? [])
        {
            text.Append("– ").AppendJoin(" · ", subject.Properties.Values.SelectMany(values => values)).AppendLine();
        }

        foreach (var file in message.Attachments ?? [])
        {
            text.Append("+ ").AppendLine(file.Name);
        }

        return text.ToString().Trim();
    }
}
