using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Kera.Base.Access;
using Kera.Base.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Kera.Base.Hosting;

/// <summary>A certificate by which the keys of forms and cookies are encrypted where they are stored.</summary>
public sealed class KeySettings
{
    /// <summary>A PKCS #12 file (<c>.pfx</c>) with its private key; empty for none.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The file's password; empty for none.</summary>
    public string Password { get; set; } = "";

    internal X509Certificate2? Load()
    {
        if (Certificate.Length == 0)
        {
            return null;
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(Certificate, Password);
            return certificate.GetRSAPrivateKey() is not null
                ? certificate
                : throw new SettingException("Keys:Certificate", $"'{Certificate}' holds no private RSA key. Give a .pfx file that does.");
        }
        catch (CryptographicException mistake)
        {
            throw new SettingException("Keys:Certificate", $"'{Certificate}' cannot be read: {mistake.Message} Give a .pfx file, and its password in Keys:Password.");
        }
    }
}

/// <summary>The keys by which forms and cookies are protected: in the store, so that restarts and all nodes share them.</summary>
internal static class KeyRing
{
    private const string Manager = "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager";

    /// <summary>Keeps the keys in the store, each district's apart, encrypted by a certificate where a setting names one.</summary>
    /// <exception cref="SettingException">The certificate cannot be used.</exception>
    public static void AddKeyRing(this WebApplicationBuilder builder, KeySettings settings)
    {
        var protection = builder.Services.AddDataProtection();
        builder.Services.AddOptions<DataProtectionOptions>().Configure<DistrictInForce>((options, district) => options.ApplicationDiscriminator = "kera/" + district.Key);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<KeraStore>((options, store) => options.XmlRepository = new StoredKeys(store));
        if (settings.Load() is { } certificate)
        {
            protection.ProtectKeysWithCertificate(certificate);
        }
        else
        {
            // At each start it would warn that the keys lie unencrypted. They lie beside all that they protect: whoever can read
            // them can read that too, and a certificate on the same machine would change nothing. Who keeps one elsewhere names it.
            builder.Logging.AddFilter(Manager, LogLevel.Error);
        }
    }

    // Plain commands, for every start reads the keys: see PlainRows.
    private sealed class StoredKeys(KeraStore store) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var connection = store.OpenConnection();
            return [.. PlainRows.Read<DataProtectionKeyRow>(connection).OrderBy(row => row.Id).Select(row => XElement.Parse(row.Xml))];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using DbConnection connection = store.OpenConnection();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO data_protection_key (name, xml) VALUES (@name, @xml)";
            command.Bind("@name", friendlyName);
            command.Bind("@xml", element.ToString(SaveOptions.DisableFormatting));
            command.ExecuteNonQuery();
        }
    }
}
