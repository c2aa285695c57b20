using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Entente.Node.Commands.Bench;

/// <summary>The line that the protocol demands: TLS 1.3 over loopback, both ends, nothing but the bytes.</summary>
internal static class LimitLine
{
    private const int Rounds = 200;

    /// <returns>Microseconds of processor time for so many bytes, sent and received in pieces of an envelope.</returns>
    public static async Task<double> MeasureAsync(int bytes, int envelope, CancellationToken cancellation)
    {
        using var certificate = Certificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var from = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync(cancellation).AsTask();
        await from.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellation);
        using var to = await accepting;
        await using var sender = new SslStream(from.GetStream());
        await using var receiver = new SslStream(to.GetStream());
        var served = receiver.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = SslProtocols.Tls13,
            },
            cancellation
        );
        await sender.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = SslProtocols.Tls13,
                // Its own certificate, made a moment ago for this one connection.
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown?.GetCertHashString() == certificate.GetCertHashString(),
            },
            cancellation
        );
        await served;
        await CarryAsync(sender, receiver, envelope, Rounds / 10, cancellation);
        var began = Environment.CpuUsage.TotalTime;
        await CarryAsync(sender, receiver, envelope, Rounds, cancellation);
        var took = Environment.CpuUsage.TotalTime - began;
        return took.TotalMicroseconds * bytes / ((double)Rounds * envelope);
    }

    private static async Task CarryAsync(
        SslStream sender,
        SslStream receiver,
        int envelope,
        int rounds,
        CancellationToken cancellation
    )
    {
        var sending = Task.Run(
            async () =>
            {
                var bytes = new byte[envelope];
                for (var i = 0; i < rounds; i++)
                {
                    await sender.WriteAsync(bytes, cancellation);
                }
            },
            cancellation
        );
        var got = new byte[envelope];
        for (var i = 0; i < rounds; i++)
        {
            await receiver.ReadExactlyAsync(got, cancellation);
        }

        await sending;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
    }
}
