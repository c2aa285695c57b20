namespace Entente.Node.Guard;

/// <summary>What is done with content. Every use is one of these, and every one is judged.</summary>
public enum DisclosureAct
{
    /// <summary>Content of our own leaves for a partner: a request, information given unasked.</summary>
    Send,

    /// <summary>Content leaves in answer to a partner's request.</summary>
    Answer,

    /// <summary>What one partner gave leaves for another.</summary>
    Forward,

    /// <summary>Content is shown to somebody of this node.</summary>
    View,

    /// <summary>A search or a list shows that the item exists, and its heading.</summary>
    Search,

    /// <summary>The item is one of a number in statistics; nothing of its content shows.</summary>
    Count,

    /// <summary>Content goes into a briefing or another document for a meeting.</summary>
    Brief,

    /// <summary>Content leaves as a file.</summary>
    Export,

    /// <summary>Content leaves on paper.</summary>
    Print,

    /// <summary>Content leaves as evidence for a court or another third person.</summary>
    Prove,
}
