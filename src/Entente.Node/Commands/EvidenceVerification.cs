using System.Text.Json;
using Entente.Node.Features.Texts;
using Entente.Protocol;

namespace Entente.Node.Commands;

/// <summary>`entente verify FILE`: checks evidence with no node and no network, in words for whoever must judge by it.</summary>
internal static class EvidenceVerification
{
    /// <summary>All that is there holds, but the file says that it lacks the ledger's proof.</summary>
    public const int Incomplete = 2;

    public static async Task<int> RunAsync(string file, bool json, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        if (InstrumentEvidence.Parse(bytes) is { } instrument)
        {
            return await InstrumentVerification.RunAsync(instrument, json);
        }

        var read = Evidence.Parse(bytes);
        if (!read.Ok)
        {
            await (json ? JsonAsync(new { ok = false, fault = read.Refusal.Detail }) : FailAsync(read.Refusal.Detail));
            return ExitCode.NotAllHeld;
        }

        var evidence = read.Value;
        var checks = evidence.Verify();
        var ok = checks.All(check => check.Holds);
        var facts = ok ? Facts.Of(evidence) : null;
        await (json ? PrintJsonAsync(evidence, checks, ok, facts) : PrintAsync(evidence, checks, ok, facts));
        return !ok ? ExitCode.NotAllHeld
            : evidence.IsComplete ? 0
            : Incomplete;
    }

    private static async Task PrintAsync(Evidence evidence, IReadOnlyList<EvidenceCheck> checks, bool ok, Facts? facts)
    {
        foreach (var check in checks)
        {
            await Console.Out.WriteLineAsync(
                check.Holds ? $"holds  {Words(check.Name)}" : $"FAILS  {Words(check.Name)}: {check.Fault}"
            );
        }

        if (!ok || facts is null)
        {
            await Console.Out.WriteLineAsync("This file proves nothing: a part of it is wrong or was altered.");
            return;
        }

        await Console.Out.WriteLineAsync(
            $"""

            {facts.Sender} sent message {facts.Message} (sealed {facts.Sealed}).
            {facts.Receiver} took it and signed for it at {facts.Received}.
            {(
                evidence.IsComplete
                    ? $"Its ledger holds it as leaf {evidence.Leaf!.Index}."
                    : "Not proven: that its ledger holds it. The file lacks the proof from the ledger."
            )}

            Whose keys these are, the file cannot tell. Compare them with what the two nodes say of themselves:
            {facts.Sender}  {facts.SenderKey}
            {facts.Receiver}  {facts.ReceiverKey}
            safety number  {facts.SafetyNumber}
            """
        );
    }

    private static Task PrintJsonAsync(Evidence evidence, IReadOnlyList<EvidenceCheck> checks, bool ok, Facts? facts) =>
        JsonAsync(
            new
            {
                ok,
                complete = evidence.IsComplete,
                checks = checks.Select(c => new
                {
                    name = c.Name,
                    holds = c.Holds,
                    fault = c.Fault,
                }),
                facts,
            }
        );

    private static Task JsonAsync(object value) =>
        Console.Out.WriteLineAsync(JsonSerializer.Serialize(value, JsonSerializerOptions.Web));

    private static async Task FailAsync(string why)
    {
        await Console.Out.WriteLineAsync($"FAILS  the file is evidence: {why}");
        await Console.Out.WriteLineAsync("This file proves nothing: a part of it is wrong or was altered.");
    }

    private static string Words(string check) =>
        check switch
        {
            "cards" => "both nodes' cards are there",
            "sender-card" => "the sender's card is signed by its key",
            "receiver-card" => "the receiver's card is signed by its key",
            "message" => "the message can be read",
            "batch-signature" => "the sender signed the envelope's contents",
            "receipt-signature" => "the receiver signed the receipt",
            "cards-current" => "both cards were in force when this was signed",
            "parties" => "cards, envelope and message name the same two nodes",
            "message-in-batch" => "the message is among what the sender signed",
            "receipt-envelope" => "the receipt is for this envelope",
            "receipt-parties" => "the receipt is from the receiver to the sender",
            "message-in-receipt" => "the receipt names this very message",
            "accepted" => "the receiver accepted it",
            "tree-head-signature" => "the receiver signed the state of its ledger",
            "tree-head-node" => "that ledger is the receiver's",
            "tree-head-as-receipted" => "that ledger is the one of the receipt",
            "leaf-place" => "the receipt names this entry of the ledger",
            "leaf" => "the entry can be read",
            "leaf-names-message" => "the entry is about this message",
            "leaf-in-ledger" => "the entry is in the ledger that the receiver signed",
            _ => check,
        };

    /// <summary>What the evidence says, once it holds.</summary>
    private sealed record Facts(
        string Sender,
        string Receiver,
        string Message,
        string Sealed,
        string Received,
        string SenderKey,
        string ReceiverKey,
        string SafetyNumber
    )
    {
        public static Facts Of(Evidence evidence)
        {
            // Everything was opened and checked before.
            var (sender, receiver) = (
                LinkCard.Open(evidence.Cards[0]).Required(),
                LinkCard.Open(evidence.Cards[1]).Required()
            );
            using var senderKey = VerificationKey.From(sender.SigningJwk).Required();
            using var receiverKey = VerificationKey.From(receiver.SigningJwk).Required();
            return new Facts(
                sender.Node.ToString(),
                receiver.Node.ToString(),
                IdOf(evidence),
                WireTime.Format(Batch.Open(evidence.Batch, senderKey).Required().At),
                WireTime.Format(Receipt.Open(evidence.Receipt, receiverKey).Required().At),
                sender.SigningJwk.Thumbprint.ToString(),
                receiver.SigningJwk.Thumbprint.ToString(),
                Entente.Protocol.SafetyNumber.Of(sender, receiver)
            );
        }

        private static string IdOf(Evidence evidence) =>
            Entente
                .Protocol.Message.Parse(System.Text.Encoding.UTF8.GetBytes(evidence.Message))
                .Required()
                .Id.ToString();
    }
}
