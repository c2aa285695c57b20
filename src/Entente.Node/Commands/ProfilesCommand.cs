using System.CommandLine;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Commands;

/// <summary>`entente profiles list|check|sign|add`: the legal profiles a node can follow, its own among them.</summary>
internal static class ProfilesCommand
{
    private const string NotTheirs = "Nobody of this node's security officers, or not their code.";

    public static Command Create() =>
        new("profiles", "The legal profiles that links can follow; add one of your own.")
        {
            List(),
            Check(),
            Sign(),
            Add(),
        };

    private static Command List()
    {
        var dir = NodeTask.Dir();
        var command = new Command("list", "What this node carries, with each file's hash and who signed it.") { dir };
        command.SetAction((parsed, c) => NodeTask.RunAsync(parsed.GetRequiredValue(dir), ListAsync, c));
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<FileInfo>("file") { Description = "The profile's file." }.AcceptExistingOnly();
        var command = new Command("check", "Say all that is wrong with a profile's file; no node is needed.") { file };
        command.SetAction((parsed, c) => CheckAsync(parsed.GetRequiredValue(file), c));
        return command;
    }

    private static Command Sign()
    {
        var file = new Argument<FileInfo>("file") { Description = "The profile's file." }.AcceptExistingOnly();
        var output = new Option<string>("--out") { Description = "The signature's file to write.", Required = true };
        var command = new Command("sign", "Sign a profile's file with this node's key.") { file, output };
        new OfficerTask("Login of the security officer who signs.").Of(
            command,
            [Role.Security],
            NotTheirs,
            (parsed, services, officer, c) =>
                SignAsync(services, officer, parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), c)
        );
        return command;
    }

    private static Command Add()
    {
        var file = new Argument<FileInfo>("file") { Description = "The profile's file." }.AcceptExistingOnly();
        var signature = new Option<FileInfo>("--signature")
        {
            Description = "What `entente profiles sign` wrote.",
            Required = true,
        }.AcceptExistingOnly();
        var command = new Command("add", "Take a signed profile into this node.") { file, signature };
        new OfficerTask("Login of the security officer who adds it.").Of(
            command,
            [Role.Security],
            NotTheirs,
            (parsed, services, officer, c) =>
                AddAsync(services, officer, parsed.GetRequiredValue(file), parsed.GetRequiredValue(signature), c)
        );
        return command;
    }

    private static async Task<int> ListAsync(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var profile in LegalProfiles.Shipped.All)
        {
            await Console.Out.WriteLineAsync($"{profile.Id}@{profile.Version}  {profile.Sha256}  of the program");
        }

        var files = services.GetRequiredService<OwnProfiles>().Files;
        foreach (var own in files)
        {
            var name = own.Profile is { } known ? $"{known.Id}@{known.Version}  {known.Sha256}" : own.File;
            var state = own.Error is { } error
                ? $"NOT FOLLOWED: {error.Code}"
                : $"signed by {own.Signature!.By}@{own.Signature.Node} {own.Signature.At:u}"; // Sound: it is signed.
            await Console.Out.WriteLineAsync($"{name}  {state}");
        }

        return files.All(own => own.Error is null) ? 0 : ExitCode.NotAllHeld;
    }

    private static async Task<int> CheckAsync(FileInfo file, CancellationToken cancellation) =>
        await SoundAsync(file, cancellation) is null ? ExitCode.NotAllHeld : 0;

    private static async Task<int> SignAsync(
        IServiceProvider services,
        Officer officer,
        FileInfo file,
        string output,
        CancellationToken cancellation
    )
    {
        if (await SoundAsync(file, cancellation) is not { } sound)
        {
            return ExitCode.NotAllHeld;
        }

        var signature = ProfileSignature.Of(
            sound.File,
            services.GetRequiredService<NodeOptions>().Node,
            officer.Login,
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            services.GetRequiredService<NodeKeys>().Signing
        );
        await File.WriteAllBytesAsync(output, signature.ToJson(), cancellation);
        await LedgerAsync(services, officer, sound.Profile, "profile-signed", cancellation);
        await Console.Out.WriteLineAsync(output);
        return 0;
    }

    private static async Task<int> AddAsync(
        IServiceProvider services,
        Officer officer,
        FileInfo file,
        FileInfo signed,
        CancellationToken cancellation
    )
    {
        if (await SoundAsync(file, cancellation) is not { } sound)
        {
            return ExitCode.NotAllHeld;
        }

        var home = services.GetRequiredService<NodeHome>();
        var bytes = await File.ReadAllBytesAsync(signed.FullName, cancellation);
        var against =
            ProfileSignature.Read(bytes) is not { } signature ? new ProfileSignatureUnknown()
            : signature.Against(sound.File, services.GetRequiredService<NodeKeys>()) is { } altered ? altered
            : LegalProfiles.Shipped.Find(sound.Profile.Id, sound.Profile.Version) is not null ? new ProfileTaken()
            : null;
        var path = OwnProfiles.FileOf(home, sound.Profile);
        var there = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellation) : sound.File;
        if (against is null && !sound.File.AsSpan().SequenceEqual(there))
        {
            against = new ProfileTaken();
        }

        if (against is not null)
        {
            return await OfficerTask.FailAsync(Why(against, sound.Profile));
        }

        PrivateFile.CreateFolder(OwnProfiles.FolderOf(home));
        PrivateFile.Write(path, sound.File);
        PrivateFile.Write(path + OwnProfiles.SignatureEnding, bytes);
        await LedgerAsync(services, officer, sound.Profile, "profile-added", cancellation);
        await Console.Out.WriteLineAsync($"{path}\nRestart the node, then propose the profile in a link's terms.");
        await Console.Out.WriteLineAsync("The partner needs this very file, signed and added there in the same way.");
        return 0;
    }

    private static async Task<(LegalProfile Profile, byte[] File)?> SoundAsync(
        FileInfo file,
        CancellationToken cancellation
    )
    {
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellation);
        var check = ProfileCheck.Of(bytes);
        foreach (var error in check.Errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        if (check.Profile is not { } profile)
        {
            return null;
        }

        await Console.Out.WriteLineAsync($"{profile.Id}@{profile.Version}  SHA-256 {profile.Sha256}");
        return (profile, bytes);
    }

    private static string Why(ProfileError error, LegalProfile profile) =>
        error switch
        {
            ProfileAltered => "The file is not the one that was signed. Sign it anew: entente profiles sign",
            ProfileTaken =>
                $"There is another {profile.Id}@{profile.Version} here. A change of rules is a new version.",
            _ => "The signature is by no key of this node. Sign the file here: entente profiles sign",
        };

    private static Task LedgerAsync(
        IServiceProvider services,
        Officer officer,
        LegalProfile profile,
        string why,
        CancellationToken cancellation
    )
    {
        var ledger = services.GetRequiredService<LedgerLog>();
        var leaf = new LedgerEvent(
            officer.Login,
            LedgerAction.Administer,
            $"profile:{profile.Id}@{profile.Version}",
            why,
            profile.Sha256
        );
        return services
            .GetRequiredService<Database>()
            .WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
    }
}
