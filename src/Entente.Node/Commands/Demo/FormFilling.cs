using AngleSharp.Html.Dom;

namespace Entente.Node.Commands.Demo;

/// <summary>What a browser would send for a form, with the fields one fills in.</summary>
internal static class FormFilling
{
    /// <param name="form">The form as it came.</param>
    /// <param name="filled">Replaces what the form holds under the same name; several pairs of one name are several values.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Fill(
        IHtmlFormElement form,
        IEnumerable<KeyValuePair<string, string>> filled
    )
    {
        var mine = filled.ToList();
        var names = mine.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        return [.. form.Elements.SelectMany(Values).Where(v => !names.Contains(v.Key)), .. mine];
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(IHtmlElement element)
    {
        switch (element)
        {
            case IHtmlInputElement { IsDisabled: true } or IHtmlInputElement { Name: null or "" }:
            case IHtmlInputElement { Type: "submit" or "button" or "file" or "image" or "reset" }:
            case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                yield break;
            case IHtmlInputElement { Type: "checkbox" or "radio" } choice:
                yield return new(choice.Name!, choice.GetAttribute("value") ?? "on"); // Unnamed ones left above.
                break;
            case IHtmlInputElement input:
                yield return new(input.Name!, input.Value); // Unnamed ones left above.
                break;
            case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                yield return new(name, area.Value);
                break;
            case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                foreach (var option in select.Options.Where(o => o.IsSelected && !o.IsDisabled))
                {
                    yield return new(name, option.Value);
                }

                break;
        }
    }
}
