using System.Text;
using System.Text.Json.Nodes;

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

    [Theory]
    [InlineData("handling")]
    [InlineData("subjects")]
    [InlineData("basis")]
    [InlineData("purpose")]
    public void A_message_without_an_optional_member_is_read(string member) =>
        Parse(node => node.Remove(member)).Required().Handling.ShouldNotBeNull();

    [Theory]
    [InlineData("v")]
    [InlineData("id")]
    [InlineData("kind")]
    [InlineData("from")]
    [InlineData("to")]
    [InlineData("case")]
    [InlineData("sent")]
    [InlineData("subject")]
    [InlineData("language")]
    [InlineData("profile")]
    [InlineData("classification")]
    [InlineData("body")]
    public void A_message_without_a_required_member_is_refused(string member) =>
        Parse(node => node.Remove(member)).Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.BadEnvelope);

    [Theory]
    [InlineData("v", "2")]
    [InlineData("v", "\"1\"")]
    [InlineData("id", "\"1\"")]
    [InlineData("from", "\"liaison\"")]
    [InlineData("sent", "\"2026-11-22T02:33:37Z\"")]
    [InlineData("subject", "null")]
    [InlineData("classification", "\"secret\"")]
    [InlineData("classification", "{\"scheme\":\"x\",\"version\":\"1\",\"rank\":-1,\"marking\":\"m\"}")]
    [InlineData("seq", "9007199254740992")]
    [InlineData("handling", "[null]")]
    [InlineData("handling", "null")]
    [InlineData("body", "[]")]
    [InlineData("body", "null")]
    [InlineData("seq", "-1")]
    [InlineData("seq", "1.5")]
    [InlineData("seq", "99999999999999999999")]
    [InlineData("subjects", "[null]")]
    [InlineData("subjects", "[{\"type\":\"ghost\",\"properties\":{}}]")]
    [InlineData("subjects", "[{\"type\":0,\"properties\":{}}]")]
    [InlineData("subjects", "[{\"type\":\"person\",\"properties\":{\"name\":null}}]")]
    [InlineData("subjects", "[{\"type\":\"person\",\"properties\":{\"name\":[null]}}]")]
    [InlineData(
        "attachments",
        "[{\"name\":\"a\",\"type\":\"b\",\"size\":-1,\"sha256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]"
    )]
    [InlineData(
        "attachments",
        "[{\"name\":\"a\",\"type\":\"b\",\"size\":5,\"sha256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"content\":\"YQ==\"}]"
    )]
    public void A_message_with_a_wrong_member_is_refused(string member, string value) =>
        Parse(node => node[member] = JsonNode.Parse(value)).Ok.ShouldBeFalse();

    [Theory]
    [InlineData("\"seq\":1", "\"seq\":1,\"seq\":2")]
    [InlineData("\"rank\":1", "\"rank\":1,\"rank\":0")]
    [InlineData("\"domain\":", "\"domain\":\"x\",\"domain\":")]
    [InlineData("\"seq\":1", "\"novel\":1,\"novel\":2")]
    [InlineData("\"seq\":1", "\"novel\":{\"a\":1,\"a\":2}")]
    [InlineData("\"seq\":1", "\"novel\":\"\\ud800\"")]
    [InlineData("\"domain\":", "\"novel\":\"\\udc00\\ud800\",\"domain\":")]
    [InlineData("{", "\uFEFF{")]
    [InlineData("{", "/* comment */{")]
    [InlineData("\"seq\":1", "\"seq\":1,")]
    public void A_message_that_two_readers_could_read_differently_is_refused(string right, string wrong)
    {
        var line = Encoding.UTF8.GetString(Sample.Request().ToLine());
        var at = line.IndexOf(right, StringComparison.Ordinal);

        Message.Parse(Encoding.UTF8.GetBytes(line[..at] + wrong + line[(at + right.Length)..])).Ok.ShouldBeFalse();
    }

    [Theory]
    [InlineData("une barre \\ud800 oblique")]
    [InlineData("\u0001\r\n\t\"")]
    [InlineData("😀")]
    [InlineData("\u202eمثال")]
    public void Any_text_is_read_back(string subject) =>
        Message.Parse(Sample.Request(text: subject).ToLine()).Required().Subject.ShouldBe(subject);

    [Fact]
    public void An_escaped_surrogate_pair_is_read() =>
        Message
            .Parse(
                Encoding.UTF8.GetBytes(
                    Encoding
                        .UTF8.GetString(Sample.Request(text: "X").ToLine())
                        .Replace("\"X\"", "\"\\uD83D\\uDE00\"", StringComparison.Ordinal)
                )
            )
            .Required()
            .Subject.ShouldBe("😀");

    [Fact]
    public void An_unknown_kind_is_read_and_left_to_the_receiver_to_reject()
    {
        var message = Parse(node => node["kind"] = "novelty").Required();

        Kinds.IsKnown(message.Kind).ShouldBeFalse();
        Kinds.IsKnown(Kinds.Request).ShouldBeTrue();
    }

    [Fact]
    public void A_body_of_another_kind_is_refused_when_it_is_asked_for()
    {
        Sample.Request().AsAnswer().Ok.ShouldBeFalse();
        Parse(node => node["body"]!["urgency"] = "whenever").Required().AsRequest().Ok.ShouldBeFalse();
    }

    [Fact]
    public void Typed_bodies_read_back()
    {
        var answer = new AnswerBody { Outcome = Outcome.NoInformation, Answers = [new QuestionAnswer(1, "non")] };
        var progress = new ProgressBody(Sample.Id(1), ProgressStates.Taken, Sample.At);

        (Sample.Request() with { Body = answer.ToBody() }).AsAnswer().Required().Answers.ShouldBe(answer.Answers);
        (Sample.Request() with { Body = progress.ToBody() }).AsProgress().Required().ShouldBe(progress);
        answer.ToBody().GetRawText().ShouldContain("\"outcome\":\"no-information\"");
    }

    [Fact]
    public void A_subject_has_as_many_values_of_a_property_as_it_was_given()
    {
        var subject = Sample.Request().Subjects.ShouldHaveSingleItem();

        subject.First("name").ShouldBe("EXEMPLE Untel");
        subject.Properties["name"].Count.ShouldBe(2);
        subject.First("plate").ShouldBeNull();
    }

    private static Opened<Message> Parse(Action<JsonObject> change)
    {
        var node = JsonNode.Parse(Sample.Request().ToLine())!.AsObject();
        change(node);
        return Message.Parse(Encoding.UTF8.GetBytes(node.ToJsonString()));
    }
}
