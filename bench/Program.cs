using Entente.Bench;

// dotnet run -c Release --project bench -- ledger 1000000
// With ENTENTE_TEST_POSTGRES set, `ledger` measures PostgreSQL too.
switch (args)
{
    case ["ledger", .. var rest]:
        await LedgerBench.RunAsync(rest is [var count, ..] ? int.Parse(count, null) : 200_000);
        break;
    case ["proof", .. var rest]:
        await ProofBench.RunAsync(rest is [var size, ..] ? long.Parse(size, null) : 100_000_000);
        break;
    case ["growth", "at", var folder]:
        await GrowthBench.RunAsync(folder);
        break;
    case ["growth", .. var words]:
        await GrowthBench.RunAsync(
            [.. words.Where(w => char.IsAsciiLetter(w[0]))],
            [.. words.Where(w => char.IsAsciiDigit(w[0])).Select(w => long.Parse(w, null))]
        );
        break;
    case ["backup", .. var messages]:
        await BackupBench.RunAsync(messages is [var many, ..] ? int.Parse(many, null) : 100_000);
        break;
    case ["open"]:
        await OpenBench.RunAsync();
        break;
    case ["file", .. var rest]:
        await FileBench.RunAsync(rest);
        break;
    case ["reading", .. var rest]:
        ReadingBench.Run(rest is [var readings, ..] ? int.Parse(readings, null) : 20_000);
        break;
    case ["relation"]:
        await RelationBench.RunAsync();
        break;
    case ["guard", .. var rest]:
        return await GuardBench.RunAsync(rest is [var wanted, ..] ? int.Parse(wanted, null) : 200_000);
    case ["nodes"]:
        await NodesBench.RunAsync();
        break;
    default:
        Console.WriteLine(
            "usage: bench ledger [leaves] | proof [leaves] | growth [sqlite] [postgres] [messages…] | growth at FOLDER | open | nodes | guard [decisions] | relation | reading [texts] | file [--size 5G] [--drop 100M]"
        );
        return 64;
}

return 0;
