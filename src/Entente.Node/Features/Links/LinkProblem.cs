using System.Text.Json;

namespace Entente.Node.Features.Links;

/// <summary>A refusal in words, as RFC 9457 writes it, with the wire's code in `reason`.</summary>
internal static class LinkProblem
{
    public const string ContentType = "application/problem+json";

    public static Task WriteAsync(
        HttpContext context,
        int status,
        string reason,
        string detail,
        IReadOnlyDictionary<string, object>? members = null
    )
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && context.Request.ContentLength is not 0)
        {
            // What is left of a refused body is not worth reading.
            context.Response.Headers.Connection = "close";
        }

        var problem = new Dictionary<string, object>
        {
            ["title"] = reason,
            ["status"] = status,
            ["detail"] = detail,
            ["reason"] = reason,
        };
        foreach (var (name, value) in members ?? new Dictionary<string, object>())
        {
            problem[name] = value;
        }

        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem)).AsTask();
    }
}
