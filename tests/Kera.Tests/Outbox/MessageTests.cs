using Kera.Base.Outbox;

namespace Kera.Tests.Outbox;

/// <summary>What cannot be said in a field: above all, nothing that would begin another header.</summary>
public sealed class MessageTests
{
    public static TheoryData<string> Breaks => ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\rBcc: all@example.org", "\u0085Bcc: all@example.org", "\u2028Bcc: all@example.org", "\0", "\u000b", "\r\n\r\nAnother body"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public void No_field_takes_a_line_end(string more)
    {
        Assert.Equal("to", Refused(() => Message.Mail("aino@example.org" + more, "Sauna", "Yours.")));
        Assert.Equal("to", Refused(() => Message.Mail(more + "aino@example.org", "Sauna", "Yours.")));
        Assert.Equal("to", Refused(() => Message.Mail($"aino{more}@example.org", "Sauna", "Yours.")));
        Assert.Equal("subject", Refused(() => Message.Mail("aino@example.org", "Sauna" + more, "Yours.")));
        Assert.Equal("url", Refused(() => Message.Webhook("https://example.org/" + more, "{}")));
        Assert.Equal("number", Refused(() => Message.Text("+358401234567" + more, "Yours.")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aino")]
    [InlineData("@example.org")]
    [InlineData("aino@")]
    [InlineData("aino@example.org, all@example.org")]
    [InlineData("aino@example.org;all@example.org")]
    [InlineData("Aino <aino@example.org>")]
    [InlineData("<aino@example.org>")]
    [InlineData("everyone: aino@example.org;")]
    [InlineData("<@relay.example.org:aino@example.org>")]
    [InlineData("aino@example.org (comment)")]
    public void A_mail_goes_to_one_bare_address(string to) => Assert.Equal("to", Refused(() => Message.Mail(to, "Sauna", "Yours.")));

    [Theory]
    [InlineData("ftp://example.org/hook")]
    [InlineData("https://user:word@example.org/hook")]
    [InlineData("/hook")]
    public void A_webhook_has_a_plain_URL(string url) => Assert.Equal("url", Refused(() => Message.Webhook(url, "{}")));

    [Theory]
    [InlineData("0401234567")]
    [InlineData("+358 40 1234567")]
    [InlineData("+3584012345678901")]
    [InlineData("+12345")]
    public void A_telephone_number_is_international(string number) => Assert.Equal("number", Refused(() => Message.Text(number, "Yours.")));

    [Fact]
    public void Words_have_lines_but_no_control_characters()
    {
        Assert.NotNull(Message.Mail("aino@example.org", "Sauna", "Yours.\r\nFrom six\n\tto eight."));
        Assert.Equal("text", Refused(() => Message.Mail("aino@example.org", "Sauna", "Yours.\0")));
        Assert.Equal("text", Refused(() => Message.Text("+358401234567", new string('a', 1_001))));
    }

    private static string Refused(Action make)
    {
        var refused = Assert.Throws<MessageException>(make);
        Assert.DoesNotContain("aino", refused.Message, StringComparison.Ordinal);
        return refused.Field;
    }
}
