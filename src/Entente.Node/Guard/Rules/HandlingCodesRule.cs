using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>Handling codes are of the profile's list, combine as it says, and carry words where it asks for them.</summary>
internal sealed class HandlingCodesRule : IRule
{
    public string Id => "handling";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Profile: { } profile })
        {
            return default;
        }

        var codes = disclosure.Handling.Select(code => profile.Handling.FirstOrDefault(h => h.Code == code)).ToList();
        var reason =
            codes.Contains(null) ? new Phrase("guard.handling.unknown")
            : codes.FirstOrDefault(code => code!.Alone && codes.Count > 1) is { } alone
                ? new Phrase("guard.handling.alone", alone.Code)
            : codes.FirstOrDefault(code => code!.NeedsText) is { } worded
            && string.IsNullOrWhiteSpace(disclosure.HandlingText)
                ? new Phrase("guard.handling.text", worded.Code)
            : null;
        if (reason is null)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                reason,
                new Phrase("guard.source.text", profile.Handling[0].Source),
                new Phrase("guard.handling.remedy"),
                Role.Officer
            )
        );
    }
}
