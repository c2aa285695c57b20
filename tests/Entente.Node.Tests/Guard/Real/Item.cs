namespace Entente.Node.Tests.Guard.Real;

/// <summary>One content of a history, with what the oracle needs to know of it. No word of the node's own rules.</summary>
internal sealed class Item
{
    public required string Token { get; init; }

    /// <summary>`request`, `answer`, `information`, `correction`, `permission`, `note`, `text`, `rights`.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it was written.</summary>
    public required string From { get; init; }

    /// <summary>The other node; the same for a note.</summary>
    public required string To { get; init; }
    public required string Case { get; init; }
    public string Message { get; init; } = "";
    public int Rank { get; init; }
    public IReadOnlyList<string> Codes { get; init; } = [];
    public string? Tlp { get; init; }
    public string FromUnit { get; init; } = "liaison";
    public string ToUnit { get; init; } = "liaison";

    /// <summary>It never leaves: it is about somebody protected from there.</summary>
    public bool Held { get; init; }

    /// <summary>Of a note: all that stood in the case when it was written.</summary>
    public IReadOnlyList<Item> Beside { get; init; } = [];

    /// <summary>Nodes where its content is gone.</summary>
    public HashSet<string> ErasedAt { get; } = [];

    /// <summary>Nodes where it is set aside.</summary>
    public HashSet<string> AsideAt { get; } = [];

    /// <summary>Who may do what with it by its giver's leave: `onward:de.bmi`, `court`, `dissemination`.</summary>
    public HashSet<string> Leave { get; } = [];

    public bool Answered { get; set; }

    /// <summary>Of a joint text: not sent yet.</summary>
    public bool Draft { get; set; }

    /// <summary>It names somebody who is protected from Morocco.</summary>
    public bool Shielded { get; init; }
}
