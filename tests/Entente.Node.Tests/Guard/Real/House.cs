using System.Collections.Concurrent;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>A real node with its people, and everything it ever logged.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly List<Reader> _readers = [];
    private readonly LogLines _log;

    private House(TestNode node, LogLines log) => (Node, _log) = (node, log);

    public TestNode Node { get; }

    public string Id => Node.Id;

    public string Country => Id[..2].ToUpperInvariant();

    public IReadOnlyList<Reader> Readers => _readers;

    /// <summary>Those whom the pages let write.</summary>
    public IReadOnlyList<Reader> Writers { get; private set; } = [];

    /// <summary>What it logged since this was last asked for.</summary>
    public IReadOnlyList<string> TakeLog() => _log.Take();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => Node.Services.GetRequiredService<T>();

    public static async Task<House> OpenAsync(
        string id,
        params (string Login, string Unit, int Clearance, Role Role)[] people
    )
    {
        var log = new LogLines();
        var node = await TestNode.StartAsync(
            id,
            more: services =>
                services.AddLogging(logging => logging.AddProvider(log).AddFilter<LogLines>(null, LogLevel.Trace))
        );
        var house = new House(node, log);
        foreach (var unit in people.Select(one => one.Unit).Append("liaison").Distinct())
        {
            var made = new Unit
            {
                Slug = unit,
                Names = new Dictionary<string, string> { ["fr"] = unit },
            };
            var units = house.Get<UnitBook>();
            await node.Database.WriteAsync(
                t => units.SaveAsync(t, made, Officer.NodeActor, Cancellation),
                Cancellation
            );
        }

        foreach (var (login, unit, clearance, role) in people)
        {
            var wanted = new NewAccount
            {
                By = Officer.NodeActor,
                Login = login,
                Name = $"Agent {login}",
                Unit = unit,
                Roles = [role],
                Clearance = clearance,
                MustChangePassword = false,
                EnrolTotp = true,
            };
            var desk = house.Get<AccountDesk>();
            var opened = await node.Database.WriteAsync(t => desk.CreateAsync(t, wanted, Cancellation), Cancellation);
            house._readers.Add(new Reader(house, login) { Account = opened });
        }

        house.Writers = [.. people.Where(one => one.Role == Role.Officer).Select(one => house.Reader(one.Login))];
        return house;
    }

    public Reader Reader(string login) => _readers.Single(reader => reader.Login == login);

    /// <summary>Every byte that the node keeps: database, its log, files, chunks.</summary>
    public IEnumerable<(string File, byte[] Bytes)> Kept()
    {
        foreach (var file in Directory.EnumerateFiles(Node.Home.Folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            yield return (Path.GetFileName(file), bytes[..read]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }

        await Node.DisposeAsync();
        _log.Dispose();
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Take()
        {
            var taken = new List<string>();
            while (_lines.TryDequeue(out var line))
            {
                taken.Add(line);
            }

            return taken;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() => _lines.Clear();
    }
}
