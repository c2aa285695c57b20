namespace Entente.Node.Web.Posting;

/// <summary>A form as somebody posted it: the same three are the same posting, whatever browser or network repeats it.</summary>
/// <param name="Officer">Login of who posted it.</param>
/// <param name="Number">What <see cref="OnceNumber"/> made for that showing of the page.</param>
/// <param name="Content">Keyed hash of all that was filled in: other words under the same number are another message.</param>
public sealed record PostedForm(string Officer, string Number, string Content);
