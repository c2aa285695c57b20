using System.Text;

namespace Entente.Protocol.Tests;

public sealed class MessageTests
{
    [Fact]
    public void A_message_reads_back_as_it_was_written()
    {
        var line = Sample.Request().ToLine();

        var read = Message.Parse(line).Required();

        read.ToLine().ShouldBe(line);
        read.AsRequest().Required().Urgency.ShouldBe(Urgency.Other);
        Encoding.UTF8.GetString(line).ShouldContain("تحقق");
        Encoding.UTF8.GetString(line).ShouldContain("\"sent\":\"2026-11-22T02:33:37.123Z\"");
    }

    [Fact]
    public void A_member_of_a_later_version_is_kept()
    {
        var line = Encoding.UTF8.GetString(Sample.Request().ToLine());
        var later =
            line.Replace("\"rank\":1", "\"rank\":1,\"caveat\":[\"X\"]", StringComparison.Ordinal)[..^1]
            + ",\"novel\":{\"a\":1}}";

        var written = Encoding.UTF8.GetString(Message.Parse(Encoding.UTF8.GetBytes(later)).Required().ToLine());

        written.ShouldContain("\"caveat\":[\"X\"]");
        written.ShouldContain("\"novel\":{\"a\":1}");
    }
}
