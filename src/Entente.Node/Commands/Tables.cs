using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>A table on standard output: as wide as the window, and unbroken lines for whatever reads it through a pipe.</summary>
internal static class Tables
{
    private const int Unbroken = 400;

    public static void Print(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Unbroken;
        }

        AnsiConsole.Write(table);
    }
}
