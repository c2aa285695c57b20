using Entente.Node.Commands.Demo;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Commands.Bench;

/// <summary>Requests of a given length on the wire, each in a case of its own.</summary>
internal sealed class BenchMessages(string from, string to, int size, Ids ids, TimeProvider clock)
{
    private readonly Address _from = new("liaison", NodeId.Parse(from));
    private readonly Address _to = new("liaison", NodeId.Parse(to));
    private int _padding = -1;

    /// <summary>One of them as it travels.</summary>
    public static byte[] Line(int size)
    {
        var nodes = ExchangeBench.Nodes();
        return new BenchMessages(nodes[0].Id, nodes[1].Id, size, new Ids(TimeProvider.System), TimeProvider.System)
            .Next(0)
            .ToLine();
    }

    public Message Next(int number)
    {
        if (_padding < 0)
        {
            _padding = 0;
            _padding = Math.Max(0, size - Make(number).ToLine().Length);
        }

        return Make(number);
    }

    private Message Make(int number) =>
        new()
        {
            Id = Guid.Parse(ids.New()),
            Kind = Kinds.Request,
            From = _from,
            To = _to,
            Case = Guid.Parse(ids.New()),
            Sent = WireTime.Round(clock.GetUtcNow()),
            Subject = $"Essai de débit, demande {number}",
            Language = "fr",
            Profile = new ProfileReference(DemoTerms.Settings.ProfileId, DemoTerms.Settings.ProfileVersion),
            Classification = new Classification("MA", "1", 0, "Non classifié"),
            Handling = ["H1"],
            Purpose = "prevention",
            Basis = new Basis("accord-bilateral", "4"),
            Body = new RequestBody
            {
                Domain = "organised-crime",
                Urgency = Urgency.Other,
                Justification = "Mesure de débit entre deux nœuds ; aucune donnée réelle.",
                Questions = [Text(_padding)],
            }.ToBody(),
        };

    private static string Text(int length)
    {
        const string sentence = "Le vehicule a-t-il ete vu a la frontiere depuis le debut du mois ? ";
        return string.Concat(Enumerable.Repeat(sentence, (length / sentence.Length) + 1))[..length];
    }
}
