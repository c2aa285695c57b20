namespace Entente.Node.Storage;

/// <summary>Content at rest: the ciphertext, and the id of the data key that opens it.</summary>
/// <param name="DataKey">Row of `data_key`; deleting that row makes the content unreadable for ever.</param>
/// <param name="Bytes">Nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes).</param>
internal sealed record SealedContent(string DataKey, byte[] Bytes);
