using System.Text;

namespace Entente.Reading;

/// <summary>Text, or why there is none. Exactly one of the two is set.</summary>
public sealed record DecodedText(string? Text, DecodingRefusal? Refusal, string Encoding);

public enum DecodingRefusal
{
    Empty,
    Binary,
    TooLarge,
}

/// <summary>Bytes of a dropped file to readable text: UTF-8, UTF-16, Windows-1252, Windows-1256; of a web page and of a
/// Word document (.docx) the words.</summary>
public static class TextDecoding
{
    /// <summary>Larger files are archives or mistakes, not communiqués: 8 MiB is some 4,000 pages.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding Latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!; // Always there.
    private static readonly Encoding Arabic = CodePagesEncodingProvider.Instance.GetEncoding(1256)!;

    /// <summary>The words to read: pages without their scripts and menus, documents without their formatting.</summary>
    public static DecodedText Read(ReadOnlySpan<byte> bytes)
    {
        var decoded = Decode(bytes);
        return decoded.Text is { } text && HtmlText.LooksLikeHtml(text)
            ? Accept(HtmlText.Extract(text), decoded.Encoding)
            : decoded;
    }

    /// <summary>The text as it stands, a page with its tags.</summary>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
            return Refused(DecodingRefusal.TooLarge);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Accept(Encoding.UTF8.GetString(bytes[3..]), "utf-8");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Accept(Encoding.Unicode.GetString(bytes[2..]), "utf-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Accept(Encoding.BigEndianUnicode.GetString(bytes[2..]), "utf-16be");
        if (WordText.IsArchive(bytes))
            return WordText.Extract(bytes.ToArray()) is { } words
                ? Accept(words, "docx")
                : Refused(DecodingRefusal.Binary);
        if (bytes.Contains((byte)0))
            return Refused(DecodingRefusal.Binary);
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Accept(StrictUtf8.GetString(bytes), "utf-8");
        return IsDamagedUtf8(bytes) ? Accept(Encoding.UTF8.GetString(bytes), "utf-8") : OneByte(bytes);
    }

    // A few bytes lost on the way do not make another encoding of it.
    private static bool IsDamagedUtf8(ReadOnlySpan<byte> bytes)
    {
        int good = 0,
            bad = 0;
        while (!bytes.IsEmpty)
        {
            var done = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            if (done != System.Buffers.OperationStatus.Done)
                bad++;
            else if (!rune.IsAscii)
                good++;
            bytes = bytes[length..];
        }
        return good > bad * 4;
    }

    // In Windows-1256 Arabic letters fill 0xC0-0xFF, and a word is a run of them; in Windows-1252 they are accents, which
    // stand alone between plain letters.
    private static DecodedText OneByte(ReadOnlySpan<byte> bytes)
    {
        int high = 0,
            inRuns = 0,
            run = 0,
            control = 0;
        foreach (var b in bytes)
        {
            if (b >= 0xC0)
            {
                high++;
                run++;
                inRuns +=
                    run == 3 ? 3
                    : run > 3 ? 1
                    : 0;
                continue;
            }
            run = 0;
            if (b < 9 || b is > 13 and < 32)
                control++;
        }
        if (control * 50 > bytes.Length)
            return Refused(DecodingRefusal.Binary);
        return inRuns * 2 > high
            ? Accept(Arabic.GetString(bytes), "windows-1256")
            : Accept(Latin.GetString(bytes), "windows-1252");
    }

    private static DecodedText Accept(string text, string encoding)
    {
        var control = 0;
        var blank = true;
        foreach (var c in text)
        {
            if (c < 9 || c is > (char)13 and < (char)32)
                control++;
            blank &= char.IsWhiteSpace(c);
        }
        if (blank)
            return Refused(DecodingRefusal.Empty);
        return control * 50 > text.Length ? Refused(DecodingRefusal.Binary) : new(text, null, encoding);
    }

    private static DecodedText Refused(DecodingRefusal why) => new(null, why, "");
}
