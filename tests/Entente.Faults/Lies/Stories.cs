using System.Text;
using Entente.Protocol;
using Microsoft.AspNetCore.Http;

namespace Entente.Faults.Lies;

/// <summary>What the partners say. Each story has a partner of its own, so that none spoils another.</summary>
internal static class Stories
{
    public const string Honest = "honest";
    public const string AnotherKey = "another-key";
    public const string Shrunk = "shrunk";
    public const string Rewritten = "rewritten";
    public const string GrownFromAnother = "grown-from-another";
    public const string Fork = "fork";
    public const string Gap = "gap";

    /// <summary>Partners that lie as senders.</summary>
    public static readonly string[] Senders = ["replays", "two-pasts", "strangers-key", "slow-body", "hole"];

    public static Dictionary<string, Func<Receipt, Receipt>> Receipts { get; } =
        new()
        {
            ["another-envelope"] = r => r with { Envelope = Hash.OfText("another") },
            ["another-text"] = r => First(r, e => e with { Sha256 = Hash.OfText("another") }),
            ["another-id"] = r => First(r, e => e with { Id = TestMessages.Request().Id }),
            ["another-place"] = r => First(r, e => e with { Seq = e.Seq + 1 }),
            ["nothing-received"] = r => r with { Entries = [] },
            ["another-sender"] = r => r with { To = NodeId.Parse("fi.sm") },
            ["leaf-past-the-end"] = r => First(r, e => e with { Leaf = r.TreeHead.Size }),
        };

    public static Dictionary<string, Func<HttpContext, Task>> Answers { get; } =
        new()
        {
            ["no-content"] = context => Status(context, StatusCodes.Status204NoContent),
            ["failure"] = context => Status(context, StatusCodes.Status500InternalServerError),
            ["html"] = context => context.Response.WriteAsync("<html>Welcome</html>", context.RequestAborted),
            ["redirect"] = context =>
            {
                context.Response.Headers.Location = "https://127.0.0.1:1/";
                return Status(context, StatusCodes.Status302Found);
            },
            ["endless"] = context => EndlessAsync(context, 64 * 1024, TimeSpan.Zero),
            ["trickle"] = context => EndlessAsync(context, 1, TimeSpan.FromMilliseconds(200)),
            ["hang-up"] = context =>
            {
                context.Abort();
                return Task.CompletedTask;
            },
        };

    public static IEnumerable<string> Names =>
        [
            Honest,
            AnotherKey,
            Shrunk,
            Rewritten,
            GrownFromAnother,
            Fork,
            Gap,
            .. Receipts.Keys,
            .. Answers.Keys,
            .. Senders,
        ];

    public static void Teach(string name, Liar liar)
    {
        liar.Twist = Receipts.GetValueOrDefault(name, liar.Twist);
        liar.Instead = Answers.GetValueOrDefault(name);
        liar.SignsWithAnother = name == AnotherKey;
    }

    public static Task ProblemAsync(HttpContext context, string json)
    {
        context.Response.StatusCode = StatusCodes.Status409Conflict;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static Receipt First(Receipt receipt, Func<ReceiptEntry, ReceiptEntry> change) =>
        receipt with
        {
            Entries = [change(receipt.Entries[0]), .. receipt.Entries.Skip(1)],
        };

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task EndlessAsync(HttpContext context, int bytes, TimeSpan pause)
    {
        var piece = Encoding.ASCII.GetBytes(new string('A', bytes));
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await Task.Delay(pause, context.RequestAborted);
        }
    }
}
