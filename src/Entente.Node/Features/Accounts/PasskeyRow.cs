using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>A row of `account_passkey`.</summary>
internal sealed record PasskeyRow
{
    public required string Credential { get; init; }

    public required string Account { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset Created { get; init; }

    public required byte[] PublicKey { get; init; }

    public long SignCount { get; init; }

    /// <summary>Comma separated: `internal,hybrid`.</summary>
    public required string Transports { get; init; }

    public bool UserVerified { get; init; }

    public bool BackupEligible { get; init; }

    public bool BackedUp { get; init; }

    public required byte[] Attestation { get; init; }

    public required byte[] ClientData { get; init; }

    public static PasskeyRow From(string account, UserPasskeyInfo passkey) =>
        new()
        {
            Credential = Base64Url.EncodeToString(passkey.CredentialId),
            Account = account,
            Name = passkey.Name,
            Created = passkey.CreatedAt,
            PublicKey = passkey.PublicKey,
            SignCount = passkey.SignCount,
            Transports = string.Join(',', passkey.Transports ?? []),
            UserVerified = passkey.IsUserVerified,
            BackupEligible = passkey.IsBackupEligible,
            BackedUp = passkey.IsBackedUp,
            Attestation = passkey.AttestationObject,
            ClientData = passkey.ClientDataJson,
        };

    public UserPasskeyInfo ToPasskey() =>
        new(
            Base64Url.DecodeFromChars(Credential),
            PublicKey,
            Created,
            (uint)SignCount,
            Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
            UserVerified,
            BackupEligible,
            BackedUp,
            Attestation,
            ClientData
        )
        {
            Name = Name,
        };
}
