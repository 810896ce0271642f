namespace Kera.Base.Store;

/// <summary>Something that a person is told: in their inbox, and by mail where they asked for it.</summary>
public sealed class NoticeRow
{
    public long Id { get; set; }
    /// <summary>Whom it tells.</summary>
    public int AgentId { get; set; }
    /// <summary>What is told, as a word of the feature that tells it: <c>request.answered</c>.</summary>
    public string Kind { get; set; } = "";
    /// <summary>What fills the sentence's places, as an object of JSON with texts.</summary>
    public string Values { get; set; } = "{}";
    /// <summary>The page that it leads to, after the language; empty for none.</summary>
    public string Path { get; set; } = "";
    /// <summary>By which a person is told the same once only; null where it cannot come twice.</summary>
    public string? Once { get; set; }
    public long At { get; set; }
    /// <summary>When the person saw it; null while it is new.</summary>
    public long? Seen { get; set; }
}

/// <summary>Something that was asked of an office, which must answer by a day.</summary>
public sealed class RequestRow
{
    public int Id { get; set; }
    /// <summary>Of the code by which one who is not signed in comes back to it.</summary>
    public byte[] Hash { get; set; } = [];
    /// <summary>A registered kind, as <c>accessibility</c>.</summary>
    public string Kind { get; set; } = "";
    /// <summary>Who asked; null where nobody was signed in, or the person was erased.</summary>
    public int? AgentId { get; set; }
    /// <summary>Where the answer is mailed to; empty for nowhere.</summary>
    public string Email { get; set; } = "";
    public string Language { get; set; } = "fi";
    /// <summary>The page that it is about, after the language; empty for none.</summary>
    public string Page { get; set; } = "";
    public string Text { get; set; } = "";
    public long Created { get; set; }
    /// <summary>By when it must be answered.</summary>
    public long Due { get; set; }
    /// <summary>What else belongs to it, as JSON that the feature of its kind writes; empty for nothing.</summary>
    public string Details { get; set; } = "";
    /// <summary>Who has it: an office, as a word of <see cref="Kera.Base.Accounts.Role"/>, or a partner, as <c>partner:nokia</c>.</summary>
    public string Holder { get; set; } = "";
    /// <summary>The person of that office who took it.</summary>
    public int? TakenById { get; set; }
    public long? Answered { get; set; }
    public string Answer { get; set; } = "";
}

/// <summary>What happened to a request, step by step.</summary>
public sealed class RequestStepRow
{
    public long Id { get; set; }
    public int RequestId { get; set; }
    public long At { get; set; }
    public RequestStep Step { get; set; }
    /// <summary>The office that had it afterwards.</summary>
    public string Holder { get; set; } = "";
}

public enum RequestStep
{
    Received,
    Taken,
    PassedOn,
    Answered,
}

/// <summary>What a partner says of itself, beside what the district's files say.</summary>
public sealed class PartnerProfileRow
{
    public int AgentId { get; set; }
    public string TextFi { get; set; } = "";
    public string TextSv { get; set; } = "";
    public string TextEn { get; set; } = "";
    /// <summary>Its site; empty for none.</summary>
    public string Website { get; set; } = "";
    /// <summary>Where people write to it: an office's address, nobody's own; empty for none.</summary>
    public string Email { get; set; } = "";
    public long Changed { get; set; }
}

/// <summary>Something that a partner offers to people in the district.</summary>
public sealed class PartnerServiceRow
{
    public int Id { get; set; }
    public int AgentId { get; set; }
    public string NameFi { get; set; } = "";
    public string NameSv { get; set; } = "";
    public string NameEn { get; set; } = "";
    public string TextFi { get; set; } = "";
    public string TextSv { get; set; } = "";
    public string TextEn { get; set; } = "";
    /// <summary>Where more is told; empty for nowhere.</summary>
    public string Website { get; set; } = "";
    public long Changed { get; set; }
}
