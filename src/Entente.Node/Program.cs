using System.CommandLine;
using Entente.Node.Commands;
using Entente.Node.Commands.Bench;
using Entente.Node.Commands.Demo;

var root = new RootCommand("Entente: a node for security cooperation between states.")
{
    InitCommand.Create(),
    ServeCommand.Create(),
    VerifyCommand.Create(),
    DemoCommand.Create(),
    AccountCommand.Create(),
    LinkCommand.Create(),
    KeysCommand.Create(),
    ReadCommand.Create(),
    NamesCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    MigrateCommand.Create(),
    EvidenceCommand.Create(),
    BriefCommand.Create(),
    CarryCommand.Create(),
    RulesCommand.Create(),
    ProfilesCommand.Create(),
    BenchCommand.Create(),
};
return await Edge.RunAsync(root.Parse(args));
