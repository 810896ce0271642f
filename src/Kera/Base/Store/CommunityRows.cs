using Kera.Energy;

namespace Kera.Base.Store;

/// <summary>A notice to an energy community that was told through the site and accepted. It stands beside those of communities.yaml.</summary>
public sealed class CommunityNoticeRow
{
    public int Id { get; set; }
    /// <summary>The community's key.</summary>
    public string Community { get; set; } = "";
    /// <summary>The metering point's key.</summary>
    public string Point { get; set; } = "";
    public NoticeKind Kind { get; set; }
    /// <summary>The share in millionths; 0 for a leave.</summary>
    public long Share { get; set; }
    /// <summary>When it was told, microseconds since 1970 UTC.</summary>
    public long Given { get; set; }
    /// <summary>The day from which it holds, in days since 1970.</summary>
    public int Day { get; set; }
    /// <summary>Whose point it is: with a person it goes.</summary>
    public int? OwnerId { get; set; }
    /// <summary>Who asked; null where a program did, or the person is erased.</summary>
    public int? AskedById { get; set; }
    public long Accepted { get; set; }
}
