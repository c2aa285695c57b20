using Entente.Node.Guard;

namespace Entente.Node.Features.Texts;

/// <summary>Why a text was not changed, sent or signed. The code is the label's key behind `texts.error.`.</summary>
public record TextRefusal(string Code)
{
    public static readonly TextRefusal NotFound = new("not-found");
    public static readonly TextRefusal NoLink = new("no-link");
    public static readonly TextRefusal Empty = new("empty");
    public static readonly TextRefusal TooLong = new("too-long");
    public static readonly TextRefusal BadCode = new("bad-code");
    public static readonly TextRefusal InForce = new("in-force");

    /// <summary>We have signed: no change of ours until the other side answers.</summary>
    public static readonly TextRefusal Signed = new("signed");
    public static readonly TextRefusal NotReady = new("not-ready");

    /// <summary>The text is not the one that the officer was shown.</summary>
    public static readonly TextRefusal Changed = new("changed");

    /// <summary>A signature is asked for already.</summary>
    public static readonly TextRefusal Asked = new("asked");
    public static readonly TextRefusal NothingToSend = new("nothing-to-send");

    /// <summary>The guard stood against it.</summary>
    public sealed record Guarded(Decision Decision) : TextRefusal("guard")
    {
        /// <summary>Joined by commas, as pages hand them on.</summary>
        public string Rules => string.Join(',', Decision.Findings.Select(f => f.Rule));
    }
}
