namespace Entente.Protocol.Tests;

public sealed class AttachmentChunksTests
{
    private static readonly AttachmentKey Key = AttachmentKey.Create();
    private static readonly byte[] Whole = [.. Enumerable.Range(0, AttachmentChunks.ChunkSize).Select(i => (byte)i)];
    private static readonly byte[] Sealed = AttachmentChunks.Seal(Whole, Key, Sample.Id(1), 3, last: false);

    [Fact]
    public void A_chunk_opens_in_its_place() =>
        AttachmentChunks.Open(Sealed, Key, Sample.Id(1), 3, last: false).Required().ShouldBe(Whole);

    [Fact]
    public void A_chunk_in_another_place_is_refused() =>
        Refused(AttachmentChunks.Open(Sealed, Key, Sample.Id(1), 4, last: false));

    [Fact]
    public void A_chunk_of_another_file_is_refused() =>
        Refused(AttachmentChunks.Open(Sealed, Key, Sample.Id(2), 3, last: false));

    [Fact]
    public void A_file_cut_off_at_a_chunk_is_refused() =>
        Refused(AttachmentChunks.Open(Sealed, Key, Sample.Id(1), 3, last: true));

    [Fact]
    public void A_chunk_under_another_key_is_refused() =>
        Refused(AttachmentChunks.Open(Sealed, AttachmentKey.Create(), Sample.Id(1), 3, last: false));

    [Fact]
    public void An_altered_chunk_is_refused()
    {
        var altered = Sealed.ToArray();
        altered[1000] ^= 1;
        Refused(AttachmentChunks.Open(altered, Key, Sample.Id(1), 3, last: false));
    }

    [Fact]
    public void A_short_chunk_before_the_last_is_refused()
    {
        var shortened = AttachmentChunks.Seal("short"u8, Key, Sample.Id(1), 0, last: false);

        AttachmentChunks
            .Open(shortened, Key, Sample.Id(1), 0, last: false)
            .Refusal.ShouldNotBeNull()
            .Reason.ShouldBe(Reason.BadEnvelope);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void A_chunk_shorter_than_its_tag_is_refused(int length) =>
        AttachmentChunks.Open(new byte[length], Key, Sample.Id(1), 0, last: true).Ok.ShouldBeFalse();

    [Fact]
    public void A_key_of_another_length_is_refused() =>
        AttachmentChunks.Open(Sealed, new AttachmentKey([1], [2]), Sample.Id(1), 3, last: false).Ok.ShouldBeFalse();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(AttachmentChunks.ChunkSize, 1)]
    [InlineData(AttachmentChunks.ChunkSize + 1, 2)]
    [InlineData(5L * 1024 * 1024 * 1024, 5120)]
    [InlineData(long.MaxValue, 8796093022208)]
    public void A_file_has_a_chunk_for_every_mebibyte_begun(long size, long count) =>
        AttachmentChunks.Count(size).ShouldBe(count);

    private static void Refused(Opened<byte[]> opened) =>
        opened.Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.BadSignature);
}
