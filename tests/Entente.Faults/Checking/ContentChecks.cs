using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Entente.Faults.Checking;

/// <summary>Opens every message that a node keeps: its bytes are the ones that were signed, and its row says what they say.</summary>
internal sealed class ContentChecks(NodeTables tables)
{
    private readonly Dictionary<(string, string, long), EntryRow> _entries = tables.Entries.ToDictionary(e =>
        (e.Partner, e.Direction, e.Seq)
    );

    public IEnumerable<string> All()
    {
        foreach (var message in tables.Messages)
        {
            if (Fault(message) is { } fault)
            {
                yield return $"{tables.Node}: message {message.Id} ({message.State}): {fault}";
            }
        }
    }

    private string? Fault(MessageRow message)
    {
        if (message.Wrapped is null)
        {
            return "its key is gone";
        }

        byte[] line;
        try
        {
            var key = Open(tables.MasterKey, message.Wrapped, message.DataKey);
            line = Placed(Open(key, message.Sealed, message.DataKey), message.Seq);
        }
        catch (CryptographicException)
        {
            return "its content does not open";
        }

        if (Signed.Sha256(line) != message.LineSha256)
        {
            return "its content is not the one that its row names";
        }

        var json = JsonDocument.Parse(line).RootElement;
        var says = (Signed.Word(json, "id"), Signed.Word(json, "kind"), Signed.Word(json, "case"));
        return says != (message.Id, message.Kind, message.Case) ? "its row does not say what it says"
            : message.Seq is { } seq ? PlaceFault(message, seq, json, line)
            : null;
    }

    /// <summary>A line is kept as it was queued, numbered 0; its row says which place it got.</summary>
    private static byte[] Placed(byte[] line, long? seq)
    {
        const string unplaced = "\"seq\":0";
        var text = Encoding.UTF8.GetString(line);
        var (depth, quoted) = (0, false);
        for (var i = 0; i < text.Length && seq is not null; i++)
        {
            if (!quoted && depth == 1 && string.CompareOrdinal(text, i, unplaced, 0, unplaced.Length) == 0)
            {
                var after = i + unplaced.Length;
                return text[after] is ',' or '}'
                    ? Encoding.UTF8.GetBytes($"{text[..(after - 1)]}{seq}{text[after..]}")
                    : line;
            }

            if (quoted && text[i] == '\\')
            {
                i++; // The character that it escapes.
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                depth +=
                    text[i] is '{' or '[' ? 1
                    : text[i] is '}' or ']' ? -1
                    : 0;
            }
        }

        return line;
    }

    private string? PlaceFault(MessageRow message, long seq, JsonElement json, byte[] line)
    {
        var entry = _entries.GetValueOrDefault((message.Partner, message.Direction, seq));
        return json.GetProperty("seq").GetInt64() != seq ? "its line has another seq"
            : entry?.Id != message.Id || entry.Sha256 != message.LineSha256 ? "its entry is another message's"
            : entry.MerkleLeaf != Tree.Text(Tree.Leaf(line)) ? "it is not under its envelope's root"
            : null;
    }

    /// <summary>AES-256-GCM: nonce of 12 bytes, ciphertext, tag of 16; bound to the data key's id.</summary>
    private static byte[] Open(byte[] key, byte[] bytes, string boundTo)
    {
        var content = new byte[Math.Max(0, bytes.Length - 28)];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(
            bytes.AsSpan(0, 12),
            bytes.AsSpan(12, content.Length),
            bytes.AsSpan()[^16..],
            content,
            Encoding.ASCII.GetBytes(boundTo)
        );
        return content;
    }
}
