using Entente.Node.Features.Readings;
using Entente.Reading;

namespace Entente.Node.Commands.Reading;

/// <summary>One text to read, or what is wrong with its file.</summary>
internal sealed record TextFile(string Name, string? Text, string? Problem);

/// <summary>Turns the arguments of `entente read` into texts: files, folders, `-` for standard input.</summary>
internal static class TextFiles
{
    public static IEnumerable<TextFile> Open(IEnumerable<string> arguments) => Names(arguments).Select(Load);

    /// <summary>The files meant; a folder without texts stands for itself, so that it can be told about.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> arguments) =>
        [.. arguments.SelectMany(argument => Directory.Exists(argument) ? InFolder(argument) : [argument])];

    public static TextFile Load(string name) =>
        name == "-" ? Decode(name, StandardInput)
        : Directory.Exists(name) ? new TextFile(name, null, "no text files in this folder")
        : Decode(name, () => FromFile(name));

    private static IReadOnlyList<string> InFolder(string folder) =>
        ReadableFiles.In(folder) is { Count: > 0 } files ? files : [folder];

    private static TextFile Decode(string name, Func<byte[]> read)
    {
        byte[] bytes;
        try
        {
            bytes = read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new TextFile(name, null, e is FileNotFoundException ? "no such file" : e.Message);
        }

        var decoded = TextDecoding.Read(bytes);
        return decoded.Text is { } text
            ? new TextFile(name, text, null)
            : new TextFile(name, null, Problem(decoded.Refusal));
    }

    private static byte[] FromFile(string path)
    {
        // Its first bytes are enough to refuse a file that is too large; an archive is not read into memory.
        using var file = File.OpenRead(path);
        return ReadUpTo(file);
    }

    private static byte[] StandardInput()
    {
        using var input = Console.OpenStandardInput();
        return ReadUpTo(input);
    }

    private static byte[] ReadUpTo(Stream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while (bytes.Length <= TextDecoding.MaximumBytes && (read = stream.Read(buffer)) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static string Problem(DecodingRefusal? refusal) =>
        refusal switch
        {
            DecodingRefusal.Binary => "is not text",
            DecodingRefusal.TooLarge => $"is larger than {TextDecoding.MaximumBytes / 1024 / 1024} MiB",
            _ => "is empty",
        };
}
