using System.Globalization;

namespace Entente.Node.Features.Backup;

/// <summary>Why a backup cannot be made, read or put back: one fact each, in words for the operator.</summary>
internal abstract record BackupProblem(string Words);

internal sealed record NoRecoveryKey()
    : BackupProblem(
        "This node has no recovery key yet. Make one, and take it away: entente backup --dir … --new-recovery-key KEYFILE"
    );

internal sealed record FileIsThere(string Path)
    : BackupProblem($"{Path} exists already; a backup never overwrites a file.");

internal sealed record NoSuchFile(string Path) : BackupProblem($"There is no file {Path}.");

internal sealed record NoSuchFolder(string Path)
    : BackupProblem($"There is no folder {Path}. Is the medium mounted? Nothing was written.");

internal sealed record BackupIsRunning() : BackupProblem("Another backup of this node is running.");

internal sealed record NotABackup(string Path) : BackupProblem($"{Path} is no backup of an entente node.");

internal sealed record NewerFormat(string Path, int Version)
    : BackupProblem($"{Path} is written in format {Version}, which this version of entente does not know.");

internal sealed record NotARecoveryKey(string Path) : BackupProblem($"{Path} holds no recovery key.");

internal sealed record WrongRecoveryKey(string Path, string Wanted, string Given)
    : BackupProblem($"{Path} was made for the recovery key {Wanted}; the key given is {Given}.");

internal sealed record CutShort(string Path)
    : BackupProblem($"{Path} is cut short: its end is missing. Take the copy again from where the backup was written.");

internal sealed record Altered(string Path, long Segment)
    : BackupProblem(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Path} was altered or damaged: block {Segment} does not open. Nothing of it was put back."
        )
    );

internal sealed record IncrementMissing(string Chain, long Number)
    : BackupProblem(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Backup {Number} of the chain {Chain} is missing; give every file of the chain, from the full one (0) on."
        )
    );

internal sealed record OtherChain(string Path)
    : BackupProblem($"{Path} belongs to another chain than the files before it.");

internal sealed record OtherHistory(string Path)
    : BackupProblem($"{Path} does not follow the backup given before it, though its number does.");

internal sealed record PieceMissing(string Path, string Stream)
    : BackupProblem($"{Path} refers to a piece of {Stream} that none of the files given holds.");

internal sealed record FolderNotEmpty(string Folder)
    : BackupProblem(
        $"{Folder} is not empty. Choose another folder, or say --replace: what is there is then set aside, not deleted."
    );

internal sealed record DatabaseNotEmpty(string Table)
    : BackupProblem(
        $"The database already holds entente's tables ({Table}). Give an empty database or schema; nothing was changed."
    );

internal sealed record OtherEngine()
    : BackupProblem(
        "This backup is of the embedded database. Restore it without --database; then move it: entente migrate --to postgres"
    );

internal sealed record NewerSchema(long Migration)
    : BackupProblem(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The backup has migration {Migration}, which this version of entente does not know. Restore with a newer one."
        )
    );

internal sealed record DoesNotVerify(long Problems, string First)
    : BackupProblem(
        string.Create(
            CultureInfo.InvariantCulture,
            $"What the backup holds does not verify ({Problems} problems; the first: {First}). Nothing was replaced."
        )
    );

internal sealed record NotConfirmed()
    : BackupProblem(
        "No standby of PostgreSQL has confirmed what was written, though synchronous_standby_names asks for one. It was taken away again; the node stays as it was. Bring the standby back, then run this again."
    );

internal sealed record NodeIsRunning()
    : BackupProblem("Something else has the node's database open. Stop the node first; nothing was changed.");

/// <summary>Carries a problem out of the middle of a stream to whoever asked for the work.</summary>
internal sealed class BackupRefused(BackupProblem problem) : Exception(problem.Words)
{
    public BackupProblem Problem => problem;
}
