using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Entente.Reading;

/// <summary>The words of a Word document (.docx), a paragraph a line. Read as a stream, so that a document made to swell
/// costs no more than any other; see docs/decisions/0024.</summary>
internal static class WordText
{
    private const string Words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Body = "word/document.xml";

    /// <summary>Characters after which a document is no communiqué.</summary>
    private const int MostCharacters = 4_000_000;

    /// <summary>XML around the words: some twenty times as much in a real document.</summary>
    private const long MostXmlCharacters = 64L * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostXmlCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    public static bool IsArchive(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Null where the archive holds no Word document, or a broken one.</summary>
    public static string? Extract(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false));
            if (archive.GetEntry(Body) is not { } entry)
                return null;
            using var stream = entry.Open();
            using var xml = XmlReader.Create(stream, Settings);
            return Read(xml);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Read(XmlReader xml)
    {
        var text = new StringBuilder();
        while (!xml.EOF && text.Length < MostCharacters)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Fallback" or "pPr" or "rPr" })
            {
                xml.Skip(); // What older programs show instead, and how it looks.
                continue;
            }
            if (xml.NodeType == XmlNodeType.EndElement && xml is { LocalName: "p", NamespaceURI: Words })
                text.Append('\n');
            else if (xml.NodeType == XmlNodeType.Element && xml.NamespaceURI == Words)
            {
                if (xml.LocalName == "t")
                {
                    text.Append(xml.ReadElementContentAsString());
                    continue;
                }
                text.Append(
                    xml.LocalName switch
                    {
                        "tab" => " ",
                        "br" or "cr" => "\n",
                        "noBreakHyphen" => "-",
                        _ => "",
                    }
                );
            }
            xml.Read();
        }
        return text.ToString();
    }
}
