using System.Collections;
using System.Collections.Concurrent;
using Entente.Node.Features.Links;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Sends the chunks of files that travel apart, several at once, on a connection of their own: messages do not wait for
/// them. After a break the partner is asked what it has, and the rest is sent.
/// </summary>
internal sealed class AttachmentUpload(UploadRows rows, AttachmentFiles files, PartnerDoor door, CourierSignals signals)
{
    /// <summary>Chunks on their way at once: enough to fill a line while the partner writes to its disk.</summary>
    private const int Window = 4;

    /// <summary>After so many chunks, look whether a more urgent message's file waits.</summary>
    private const int Slice = 32;

    private readonly ConcurrentDictionary<string, Progress> _progress = new(StringComparer.Ordinal);

    /// <returns>Null when no file waits for the partner.</returns>
    public async Task<UploadStep?> SliceAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var file = await rows.NextAsync(partner.Partner, cancellation);
        if (file is null)
        {
            return null;
        }

        var (progress, failed) = await ProgressAsync(partner, file, cancellation);
        var before = progress?.Done;
        failed ??= await SendAsync(partner, progress!, cancellation); // There unless that failed.
        if (progress is not null)
        {
            await rows.ArrivedAsync(partner.Partner, file.Id, progress.Done, cancellation);
        }

        if (failed is not null)
        {
            _progress.TryRemove(partner.Partner, out _); // What arrived of the chunks in flight, the partner knows.
            return new UploadStep(failed, progress?.Done > before);
        }

        if (progress!.IsWhole)
        {
            _progress.TryRemove(partner.Partner, out _);
            signals.Wake(partner.Partner, urgent: true);
        }

        return new UploadStep(null, Moved: true);
    }

    /// <summary>The partner says that it misses files: what it lacks of them is sent again.</summary>
    public Task AgainAsync(LinkedPartner partner, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        rows.AgainAsync(partner.Partner, ids, cancellation);

    private async Task<(Progress? Progress, PostOutcome.Failed? Failed)> ProgressAsync(
        LinkedPartner partner,
        UploadRow file,
        CancellationToken cancellation
    )
    {
        var id = Guid.Parse(file.Id);
        if (_progress.TryGetValue(partner.Partner, out var known) && known.Id == id)
        {
            return (known, null);
        }

        var (held, failed) = await door.HeldAsync(partner, id, cancellation);
        if (failed is not null)
        {
            return (null, failed);
        }

        var progress = new Progress(id, file.Chunks, held);
        _progress[partner.Partner] = progress;
        return (progress, null);
    }

    private async Task<PostOutcome.Failed?> SendAsync(
        LinkedPartner partner,
        Progress progress,
        CancellationToken cancellation
    )
    {
        PostOutcome.Failed? first = null;
        await Parallel.ForEachAsync(
            progress.Missing(Slice),
            new ParallelOptions { MaxDegreeOfParallelism = Window, CancellationToken = cancellation },
            async (number, c) =>
            {
                if (Volatile.Read(ref first) is not null)
                {
                    return;
                }

                using var chunk = await files.ReadAsync(AttachmentFiles.Outgoing, progress.Id, number, c);
                var failed = await door.PutChunkAsync(partner, progress.Id, number, chunk.Bytes, c);
                if (failed is null)
                {
                    progress.Arrived(number);
                }
                else
                {
                    Interlocked.CompareExchange(ref first, failed, null);
                }
            }
        );
        return first;
    }

    /// <summary>Which chunks of one file the partner has.</summary>
    private sealed class Progress
    {
        private readonly Lock _gate = new();
        private readonly BitArray _there;

        public Progress(Guid id, long chunks, IEnumerable<ChunkRange> held)
        {
            (Id, _there) = (id, new BitArray((int)chunks)); // A few thousand: the door has a limit.
            foreach (var range in held)
            {
                for (var number = range.First; number <= range.Last && number < chunks; number++)
                {
                    _there[(int)number] = true;
                }
            }
        }

        public Guid Id { get; }

        public long Done
        {
            get
            {
                lock (_gate)
                {
                    return _there.Cast<bool>().LongCount(there => there);
                }
            }
        }

        public bool IsWhole => Done == _there.Length;

        public void Arrived(long number)
        {
            lock (_gate)
            {
                _there[(int)number] = true;
            }
        }

        public IReadOnlyList<long> Missing(int most)
        {
            lock (_gate)
            {
                return [.. Enumerable.Range(0, _there.Length).Where(i => !_there[i]).Take(most).Select(i => (long)i)];
            }
        }
    }
}

/// <param name="Failed">Null unless the line broke or the partner would not have it.</param>
/// <param name="Moved">Whether any chunk arrived: a line that breaks now and then still carries.</param>
internal sealed record UploadStep(PostOutcome.Failed? Failed, bool Moved);
