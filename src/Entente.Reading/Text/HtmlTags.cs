namespace Entente.Reading.Text;

/// <summary>A tag as the page writes it: <c>&lt;div class=x&gt;</c> from <see cref="Start"/> to <see cref="End"/>.</summary>
internal readonly record struct HtmlTag(int Start, int End, bool Closing, bool SelfClosing, Range NameAt)
{
    public ReadOnlySpan<char> Name(string html) => html.AsSpan(NameAt);
}

/// <summary>Goes over the tags of a page in one pass, without building a tree.</summary>
internal ref struct HtmlTags(string html)
{
    private int _at;

    public HtmlTag Current { get; private set; }

    public bool MoveNext()
    {
        while (_at < html.Length)
        {
            var open = html.IndexOf('<', _at);
            if (open < 0 || open + 1 >= html.Length)
                break;
            var name = open + (html[open + 1] == '/' ? 2 : 1);
            if (html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal))
            {
                _at = After("-->", open + 4);
                Current = new HtmlTag(open, _at, false, true, name..name);
                return true;
            }
            if (name >= html.Length || !(char.IsAsciiLetter(html[name]) || html[open + 1] is '!' or '?' or '/'))
            {
                _at = open + 1;
                continue;
            }
            var end = After(">", open + 1);
            var stop = name;
            while (stop < end && (char.IsAsciiLetterOrDigit(html[stop]) || html[stop] == '-'))
                stop++;
            Current = new HtmlTag(open, end, name == open + 2, end >= 2 && html[end - 2] == '/', name..stop);
            _at = end;
            return true;
        }
        _at = html.Length;
        return false;
    }

    /// <summary>Goes on behind the end tag of an element whose content is no text: a script, a style.</summary>
    public int SkipTo(string endTag)
    {
        var next = html.IndexOf(endTag, _at, StringComparison.OrdinalIgnoreCase);
        return _at = next < 0 ? html.Length : next;
    }

    private readonly int After(string mark, int from)
    {
        var next = from < html.Length ? html.IndexOf(mark, from, StringComparison.Ordinal) : -1;
        return next < 0 ? html.Length : next + mark.Length;
    }
}
