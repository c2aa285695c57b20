using System.CommandLine;
using Entente.Node.Commands;

var root = new RootCommand("Entente: a node for security cooperation between states.")
{
    InitCommand.Create(),
    ServeCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
