using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Store;

/// <summary>The tables of accounts: what Identity's store for users without roles expects, and Kera's own beside it.</summary>
internal static class AccountModel
{
    public static void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>(accounts =>
        {
            accounts.HasIndex(row => row.NormalizedUserName).IsUnique();
            accounts.HasIndex(row => row.NormalizedEmail);
            accounts.HasIndex(row => row.AgentId).IsUnique();
            accounts.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
            accounts.HasMany<AccountClaimRow>().WithOne().HasForeignKey(row => row.UserId);
            accounts.HasMany<AccountLoginRow>().WithOne().HasForeignKey(row => row.UserId);
            accounts.HasMany<AccountTokenRow>().WithOne().HasForeignKey(row => row.UserId);
            accounts.HasMany<AccountPasskeyRow>().WithOne().HasForeignKey(row => row.UserId);
            accounts.HasMany<AccountRoleRow>().WithOne().HasForeignKey(row => row.AccountId);
            accounts.HasMany<SessionRow>().WithOne().HasForeignKey(row => row.AccountId);
            accounts.HasMany<InvitationRow>().WithOne().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<AccountLoginRow>().HasKey(row => new { row.LoginProvider, row.ProviderKey });
        modelBuilder.Entity<AccountTokenRow>().HasKey(row => new { row.UserId, row.LoginProvider, row.Name });
        modelBuilder.Entity<AccountPasskeyRow>(passkeys =>
        {
            passkeys.HasKey(row => row.CredentialId);
            passkeys.OwnsOne(row => row.Data).ToJson("data");
        });
        modelBuilder.Entity<SessionRow>().HasIndex(row => row.Hash).IsUnique();
        modelBuilder.Entity<InvitationRow>().HasIndex(row => row.Hash).IsUnique();
        modelBuilder.Entity<ConsentRow>().HasIndex(row => row.AgentId);
        modelBuilder.Entity<PersonalReadRow>().HasIndex(row => row.AgentId);
    }
}
