namespace Entente.Node.Profiles;

/// <summary>Why a profile is not followed. <paramref name="Code"/> is a label: `profiles.error.` + code.</summary>
internal abstract record ProfileError(string Code);

internal sealed record ProfileUnsigned() : ProfileError("unsigned");

/// <summary>The signature is not of the form, or by no key of this node.</summary>
internal sealed record ProfileSignatureUnknown() : ProfileError("signature");

/// <summary>The file is not the one that was signed.</summary>
internal sealed record ProfileAltered() : ProfileError("altered");

/// <summary>The program carries that id and version itself.</summary>
internal sealed record ProfileTaken() : ProfileError("taken");

/// <param name="Errors">Where and what, in English.</param>
internal sealed record ProfileUnsound(IReadOnlyList<string> Errors) : ProfileError("unsound");
