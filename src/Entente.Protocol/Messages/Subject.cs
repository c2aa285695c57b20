using System.Text.Json.Serialization;

namespace Entente.Protocol;

[JsonConverter(typeof(WireName<SubjectType>))]
public enum SubjectType
{
    Person,
    Organisation,
    Vehicle,
    Vessel,
    Document,
    Phone,
    Account,
    Place,
}

/// <summary>
/// Whom or what a message is about. Properties are a small bag: each may have several values, as a person has several
/// names. Names of properties are camelCase: <c>name</c>, <c>born</c>, <c>nationality</c>, <c>number</c>, <c>plate</c>.
/// </summary>
public sealed record Subject(SubjectType Type, IReadOnlyDictionary<string, IReadOnlyList<string>> Properties)
    : Extensible
{
    /// <summary>Stable within the case, so that later messages can speak of the same subject.</summary>
    public Guid? Id { get; init; }

    /// <summary>The data-subject category in the terms of the profile (suspect, victim, witness…).</summary>
    public string? Category { get; init; }

    public static Subject Of(SubjectType type, params (string Name, string Value)[] properties) =>
        new(
            type,
            properties
                .GroupBy(property => property.Name, property => property.Value)
                .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group])
        );

    /// <summary>The first value of a property, or null.</summary>
    public string? First(string name) =>
        Properties.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;
}
