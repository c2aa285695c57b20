using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Approvals;

/// <summary>Four people of one unit, a clock and a kind of approval that tells what became of it.</summary>
internal sealed class Room : IAsyncDisposable
{
    public static readonly Officer Anne = Person("officier.a", Role.Officer);
    public static readonly Officer Bruno = Person("superviseur.b", Role.Supervisor);
    public static readonly Officer Chloe = Person("officier.c", Role.Officer);
    public static readonly Officer Dora = Person("protection.d", Role.Protection);

    private readonly TestStore _store;
    private readonly ServiceProvider _services;

    private Room(TestStore store, TestClock clock)
    {
        _store = store;
        Clock = clock;
        _services = store.Services();
        Desk = new ApprovalDesk(
            Get<Database>(),
            Get<ApprovalRows>(),
            Get<ApprovalPowers>(),
            [Kind],
            Get<LedgerLog>(),
            Get<Ids>(),
            clock
        );
    }

    public TestClock Clock { get; }

    public TestKind Kind { get; } = new();

    private ApprovalDesk Desk { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Room> OpenAsync(string engine)
    {
        var clock = new TestClock();
        var room = new Room(await TestStore.CreateAsync(engine, clock), clock);
        var units = room._services.GetRequiredService<UnitBook>();
        var unit = new Unit
        {
            Slug = "liaison",
            Names = new Dictionary<string, string> { ["fr"] = "Liaison" },
        };
        await room.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation));
        foreach (var person in (Officer[])[Anne, Bruno, Chloe, Dora])
        {
            await room.OpenAccountAsync(person);
        }

        return room;
    }

    /// <summary>A service of the node; the desk is the one with the test's kind.</summary>
    public T Get<T>()
        where T : class =>
        typeof(T) == typeof(ApprovalDesk) ? (T)(object)Desk
        : typeof(T) == typeof(ApprovalBook)
            ? (T)
                (object)
                    new ApprovalBook(
                        Get<Database>(),
                        Get<ApprovalRows>(),
                        Get<ApprovalPowers>(),
                        Desk,
                        Get<LedgerLog>(),
                        Clock
                    )
        : _services.GetRequiredService<T>();

    public Task<string> AskAsync(Officer requester, params IReadOnlyList<Role> roles)
    {
        var content = new ApprovalContent("Objet", "Motif", "Texte", "data");
        var request = new ApprovalRequest("send", "draft:1", "es.interior", 1, ["minors"], roles, content);
        return Get<Database>().WriteAsync(t => Desk.AskAsync(t, requester, request, Cancellation), Cancellation);
    }

    public Task<ApprovalError?> DecideAsync(Officer decider, string id) =>
        Desk.DecideAsync(decider, id, grant: true, "Vérifié", Cancellation);

    public Task<ApprovalError?> LendAsync(Officer from, string to, bool asSubstitute = false) =>
        Get<DelegationDesk>()
            .LendAsync(
                from,
                to,
                Role.Supervisor,
                asSubstitute,
                Clock.GetUtcNow() + TimeSpan.FromDays(10),
                Cancellation
            );

    public Task<IReadOnlyList<string>> LedgerAsync()
    {
        const string sql = "SELECT why FROM ledger_leaf WHERE action = 'decide' ORDER BY idx";
        return Get<Database>().ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    private Task WriteAsync(Func<Transaction, Task> work) => Get<Database>().WriteAsync(work, Cancellation);

    private Task OpenAccountAsync(Officer person)
    {
        var account = new NewAccount
        {
            By = Officer.NodeActor,
            Login = person.Login,
            Name = person.Name,
            Unit = person.Unit,
            Roles = [.. person.Roles],
            Clearance = person.Clearance,
            MustChangePassword = false,
            EnrolTotp = false,
        };
        return WriteAsync(t => Get<AccountDesk>().CreateAsync(t, account, Cancellation));
    }

    private static Officer Person(string login, Role role) =>
        new("id-" + login, login, "Personne d’essai", "liaison", new HashSet<Role> { role }, Clearance: 2);
}
