using System.Text.Json;
using Entente.Node.Features.Texts;
using Entente.Protocol;

namespace Entente.Node.Commands;

/// <summary>`entente verify FILE` for a signed text: who signed it, when, and whether it is what they signed.</summary>
internal static class InstrumentVerification
{
    public static async Task<int> RunAsync(InstrumentEvidence evidence, bool json)
    {
        var checks = evidence.Verify();
        var ok = checks.All(check => check.Holds);
        await (json ? PrintJsonAsync(evidence, checks, ok) : PrintAsync(evidence, checks, ok));
        return ok ? 0 : ExitCode.NotAllHeld;
    }

    private static async Task PrintAsync(InstrumentEvidence evidence, IReadOnlyList<InstrumentCheck> checks, bool ok)
    {
        foreach (var check in checks)
        {
            await Console.Out.WriteLineAsync($"{(check.Holds ? "holds" : "FAILS")}  {Words(check.Name)}");
        }

        if (!ok)
        {
            await Console.Out.WriteLineAsync("This file proves nothing: a part of it is wrong or was altered.");
            return;
        }

        await Console.Out.WriteLineAsync($"\nSHA-256 of the text: {Sha256(evidence)}");
        foreach (var (card, adoption) in evidence.Signers())
        {
            await Console.Out.WriteLineAsync(
                $"{card!.Node} signed it at {WireTime.Format(adoption!.At)} with key {card.SigningJwk.Thumbprint}." // All checks hold.
            );
        }

        await Console.Out.WriteLineAsync(
            "Whose keys these are, the file cannot tell. Compare them with what the two nodes say of themselves."
        );
    }

    private static Task PrintJsonAsync(InstrumentEvidence evidence, IReadOnlyList<InstrumentCheck> checks, bool ok) =>
        Console.Out.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    ok,
                    sha256 = Sha256(evidence),
                    checks = checks.Select(c => new { name = c.Name, holds = c.Holds }),
                    signers = evidence
                        .Signers()
                        .Select(s => new { node = s.Card?.Node.ToString(), at = s.Adoption?.At }),
                },
                JsonSerializerOptions.Web
            )
        );

    private static string Sha256(InstrumentEvidence evidence) =>
        Features.Texts.Negotiation.CanonicalText.HashOf(evidence.Text);

    private static string Words(string check) =>
        check switch
        {
            "text-canonical" => "the text is in its canonical form",
            "card-1" or "card-2" => $"the card of signer {check[^1]} is signed by its key",
            "signature-1" or "signature-2" => $"signer {check[^1]} signed with that key",
            "signed-this-text-1" or "signed-this-text-2" => $"what signer {check[^1]} signed is this text",
            "card-current-1" or "card-current-2" => $"the card of signer {check[^1]} was in force then",
            "two-sides" => "the signers are two nodes",
            _ => check,
        };
}
