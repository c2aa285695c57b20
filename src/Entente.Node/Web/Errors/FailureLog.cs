using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Entente.Node.Web.Errors;

/// <summary>Writes an unhandled exception to the log by type and place, never by message: messages may quote content.</summary>
internal sealed partial class FailureLog(ILogger<FailureLog> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        if (exception is not BadHttpRequestException)
        {
            var route =
                (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText
                ?? "?";
            var place = new StackTrace(exception, fNeedFileInfo: false).ToString();
            Failed(log, context.Request.Method, route, exception.GetType().Name, TraceId(context), place);
        }

        return ValueTask.FromResult(false); // The error page answers.
    }

    /// <summary>What the reader tells the operator, and the operator finds in the log.</summary>
    public static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    [LoggerMessage(1001, LogLevel.Error, "{Method} {Route} failed with {Exception}, trace {TraceId}\n{Place}")]
    private static partial void Failed(
        ILogger log,
        string method,
        string route,
        string exception,
        string traceId,
        string place
    );
}
