using Entente.Reading;

namespace Entente.Node.Commands.Reading;

/// <summary>How `entente read` shows what it read.</summary>
internal interface IReadingPrinter
{
    void Print(string file, string text);
}

/// <summary>One object a line, for programs.</summary>
internal sealed class JsonPrinter : IReadingPrinter
{
    private readonly Stream _output = Console.OpenStandardOutput();

    public void Print(string file, string text)
    {
        var line = ReadingJson.Write(CommuniqueReader.Default.Read(text), file) + "\n";
        _output.Write(System.Text.Encoding.UTF8.GetBytes(line));
    }
}

/// <summary>Each value with the knowledge entry that found it and the words it stands on.</summary>
internal sealed class ExplainPrinter : IReadingPrinter
{
    public void Print(string file, string text)
    {
        Console.Out.WriteLine(file);
        foreach (var line in Explanation.Lines(CommuniqueReader.Default.Read(text), text))
        {
            Console.Out.WriteLine("  " + line);
        }

        Console.Out.WriteLine();
    }
}
