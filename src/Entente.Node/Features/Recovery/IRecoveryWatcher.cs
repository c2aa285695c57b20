namespace Entente.Node.Features.Recovery;

/// <summary>Hears how the return of forgotten messages goes, after each has been made durable.</summary>
internal interface IRecoveryWatcher
{
    /// <summary>One envelope is kept: what is made of its messages in the background is made now, for the next may rest on it.</summary>
    Task KeptAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>This partner has nothing more to give back: what hung on it, or on several partners, can be finished.</summary>
    Task EndedAsync(string partner, CancellationToken cancellation) => Task.CompletedTask;
}
