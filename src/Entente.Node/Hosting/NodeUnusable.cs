namespace Entente.Node.Hosting;

/// <summary>The node's folder cannot be used as it is, and what to do about it: in words for the operator.</summary>
internal class NodeUnusable(string words, Exception? cause = null) : InvalidOperationException(words, cause);
