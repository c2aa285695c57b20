using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Verification;

public sealed class NodeVerificationTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Untouched_node_holds_and_the_report_says_what_was_checked(string engine)
    {
        await using var node = await WrittenNode.CreateAsync(engine);

        var report = await node.VerifyAsync();

        report.Problems.ShouldBeEmpty();
        report.Checked["ledger leaves"].ShouldBe(53);
        report.Checked["ledger nodes"].ShouldBe(3);
        report.Checked["own tree heads"].ShouldBe(1);
        report.Checked["chains"].ShouldBe(2);
        report.Checked["envelope signatures"].ShouldBe(6);
        report.Checked["receipts"].ShouldBe(3);
        report.Checked["receipted messages"].ShouldBe(6);
        report.Checked["message contents"].ShouldBe(12);
        report.Checked["partners' tree heads"].ShouldBe(3);
    }

    /// <summary>What somebody with the database open might do, and the row at which it shows.</summary>
    public static TheoryData<string, string> Tampering =>
        new()
        {
            { "UPDATE ledger_leaf SET actor = 'b' WHERE idx = 20", "ledger_leaf 20" },
            { "UPDATE ledger_leaf SET json = json || ' ' WHERE idx = 20", "ledger_leaf 20" },
            {
                "UPDATE ledger_leaf SET actor = 'b', json = replace(json, '\"actor\":\"a\"', '\"actor\":\"b\"') WHERE idx = 20",
                "ledger_node 4 1"
            },
            {
                "UPDATE ledger_leaf SET actor = 'b', json = replace(json, '\"actor\":\"a\"', '\"actor\":\"b\"') WHERE idx = 51",
                "ledger_head 53"
            },
            { "DELETE FROM ledger_leaf WHERE idx = 30", "ledger_leaf 31" },
            { "DELETE FROM ledger_leaf WHERE idx > 45", "ledger_head 53" },
            { "DELETE FROM ledger_leaf WHERE idx > 45; DELETE FROM ledger_head", "ledger_node" },
            {
                "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE level = 4 AND idx = 0) WHERE idx = 1",
                "ledger_node 4 1"
            },
            { "UPDATE ledger_head SET root = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "ledger_head 53" },
            { "DELETE FROM envelope WHERE direction = 'in' AND first = 2", "envelope es.interior in 5" },
            { "DELETE FROM envelope WHERE direction = 'out' AND first = 5", "chain es.interior out" },
            {
                "UPDATE envelope SET batch = (SELECT batch FROM envelope WHERE direction = 'in' AND first = 5) WHERE direction = 'in' AND first = 2",
                "envelope es.interior in 2"
            },
            {
                "UPDATE envelope SET batch = replace(batch, '.', 'x.') WHERE direction = 'out' AND first = 1",
                "envelope es.interior out 1"
            },
            { "DELETE FROM envelope_entry WHERE direction = 'in' AND seq = 3", "envelope es.interior in 2" },
            {
                "UPDATE envelope_entry SET leaf = leaf + 1 WHERE direction = 'in' AND seq = 3",
                "envelope_entry es.interior in 3"
            },
            {
                "UPDATE envelope_entry SET leaf = leaf + 1 WHERE direction = 'out' AND seq = 3",
                "envelope_entry es.interior out 3"
            },
            {
                "UPDATE envelope SET receipt = NULL WHERE direction = 'out' AND first = 2",
                "envelope es.interior out 2"
            },
            {
                "UPDATE envelope SET receipt = (SELECT receipt FROM envelope WHERE direction = 'out' AND first = 5) WHERE direction = 'out' AND first = 2",
                "envelope es.interior out 2"
            },
            { "UPDATE witness_head SET size = 7 WHERE size = 101", "witness_head es.interior 7" },
            { "UPDATE message SET leaf = leaf + 1 WHERE direction = 'in' AND seq = 3", "message " },
            {
                "UPDATE message SET sealed = (SELECT sealed FROM message WHERE direction = 'in' AND seq = 3) WHERE direction = 'in' AND seq = 4",
                "message "
            },
            { "UPDATE link_card SET jws = replace(jws, '.', 'x.')", "link_card es.interior" },
        };

    [Theory, MemberData(nameof(Tampering))]
    public async Task Every_tampering_is_found_at_its_row(string sql, string row)
    {
        await using var node = await WrittenNode.CreateAsync("Sqlite");
        await node.ExecuteAsync(sql);

        var report = await node.VerifyAsync();

        report.Ok.ShouldBeFalse();
        report.Problems.ShouldContain(p => p.Row.StartsWith(row, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Erased_content_is_counted_and_is_no_problem(string engine)
    {
        await using var node = await WrittenNode.CreateAsync(engine);
        await node.EraseAsync(seq: 2);

        var report = await node.VerifyAsync();

        report.Problems.ShouldBeEmpty();
        report.Checked["messages erased"].ShouldBe(2);
        report.Checked["message contents"].ShouldBe(10);
    }
}
