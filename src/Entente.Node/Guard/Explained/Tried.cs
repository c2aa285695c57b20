using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Node.Guard.Explained;

/// <summary>A disclosure that a data-protection officer tries out.</summary>
public sealed partial record Tried
{
    public DisclosureAct Act { get; init; }

    public string Partner { get; init; } = "";

    /// <summary>Whose use it would be; empty for the officer's own.</summary>
    public string Login { get; init; } = "";

    /// <summary>A message that is here: its own facts are taken. Empty for one that is made up.</summary>
    public string Message { get; init; } = "";

    public string Kind { get; init; } = "request";

    public string Domain { get; init; } = "";

    public int Rank { get; init; }

    public IReadOnlyList<string> Handling { get; init; } = [];

    public string Category { get; init; } = "";

    public string Ground { get; init; } = "";

    public string Text { get; init; } = "";

    public static Tried Read(IFormCollection form) =>
        new()
        {
            Act = Enum.TryParse<DisclosureAct>(form["act"], out var act) ? act : DisclosureAct.Send,
            Partner = Said(form, "partner"),
            Login = Said(form, "login"),
            Message = Named(Said(form, "pasted")) is { Length: > 0 } pasted ? pasted : Said(form, "message"),
            Kind = Said(form, "kind"),
            Domain = Said(form, "domain"),
            Rank = int.TryParse(form["rank"], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : 0,
            Handling = Said(form, "handling").Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries),
            Category = Said(form, "category"),
            Ground = Said(form, "ground"),
            Text = Said(form, "text"),
        };

    /// <summary>The message that a pasted address names: the last number in it. What holds none is left for the page to say so.</summary>
    private static string Named(string pasted) =>
        MessageId().Matches(pasted) is { Count: > 0 } found ? found[^1].Value.ToLowerInvariant() : pasted;

    [GeneratedRegex(
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex MessageId();

    private static string Said(IFormCollection form, string name) => form[name].ToString().Trim();
}
