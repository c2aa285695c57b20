using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Entente.Node.Web;

/// <summary>
/// The stylesheets, script, icons and fonts, carried inside the program and compressed when it was built. A file's name
/// changes with its content, so browsers keep it for a year without asking again.
/// </summary>
internal sealed class AssetFiles
{
    private const string Prefix = "assets/";
    private static readonly Assembly Program = typeof(AssetFiles).Assembly;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenSet<string> _names = Program
        .GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> _addresses = ReadAddresses();

    /// <summary>The address of a file by its plain name, `app.css`.</summary>
    public string Address(string name) => _addresses[name];

    /// <summary>Answers a request for `/assets/{file}`.</summary>
    public IResult Serve(string file, HttpContext context)
    {
        var name = Prefix + file;
        if (!Types.TryGetValue(Path.GetExtension(file), out var type) || !_names.Contains(name))
        {
            return TypedResults.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        foreach (var (encoding, extension) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            if (Accepts(context.Request, encoding) && _names.Contains(name + extension))
            {
                headers.ContentEncoding = encoding;
                name += extension;
                break;
            }
        }

        return TypedResults.Stream(Program.GetManifestResourceStream(name)!, type); // The name is one of the program's own.
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request
            .GetTypedHeaders()
            .AcceptEncoding.Any(e => e.Quality != 0 && e.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));

    private static FrozenDictionary<string, string> ReadAddresses()
    {
        using var stream = Program.GetManifestResourceStream(Prefix + "assets.json")!; // The build embeds it.
        return JsonSerializer
            .Deserialize<Dictionary<string, string>>(stream)!
            .ToFrozenDictionary(a => a.Key, a => "/" + Prefix + a.Value, StringComparer.Ordinal);
    }
}
