using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>The words of a message that are worth passing on.</summary>
internal static class MessageText
{
    public static string Of(Message message) =>
        message.Kind switch
        {
            Kinds.Answer when message.AsAnswer() is { Ok: true } answer => string.Join(
                "\n\n",
                new[] { answer.Value.Text }
                    .Concat(answer.Value.Answers.Select(given => given.Text))
                    .Where(text => !string.IsNullOrWhiteSpace(text))
            ),
            Kinds.Information or Kinds.Alert => message.AsInformation()?.Text ?? "",
            Kinds.Request when message.AsRequest() is { Ok: true } request => request.Value.Justification,
            _ => "",
        };
}
