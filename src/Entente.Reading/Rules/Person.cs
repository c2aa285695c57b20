using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>One place where a name stands, with the post the sentence gives it there.</summary>
internal sealed record NameMention(Sentence Sentence, int First, int End, bool Honorific)
{
    public Tag? Post { get; set; }

    /// <summary>A word as "homologue" instead of a post: the post is the other side's.</summary>
    public Tag? Counterpart { get; set; }

    public Tag? Side { get; set; }

    /// <summary>Follows "former" or "predecessor".</summary>
    public bool Former { get; set; }
}

/// <summary>A named person with all mentions.</summary>
internal sealed class Person(string name, string surname)
{
    public string Name { get; set; } = name;
    public string Surname { get; } = surname;
    public string? Native { get; set; }
    public List<NameMention> Mentions { get; } = [];
    public string? Role { get; set; }
    public string? Side { get; set; }
    public bool Participates { get; set; }

    public NameMention? Posted => Mentions.Find(mention => mention.Post is not null || mention.Counterpart is not null);
}
