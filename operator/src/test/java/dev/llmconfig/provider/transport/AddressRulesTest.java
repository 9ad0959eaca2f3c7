package dev.llmconfig.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Covers traps K16.
class AddressRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "169.254.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "::",
        "fe80::1",
        "febf::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "2001:0:0:0:0:0:5601:5601",
        "::ffff:0:169.254.169.254",
        "2001:db8::5efe:169.254.169.254"
      })
  void areNeverCalled(String address) {
    assertThat(refused(address, true)).isTrue();
    assertThat(refused(address, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "240.0.0.1",
        "::1",
        "fc00::1",
        "fdff::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::1"
      })
  void areCalledWithConsentOnly(String address) {
    assertThat(refused(address, true)).isFalse();
    assertThat(refused(address, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "11.0.0.1",
        "100.128.0.1",
        "223.255.255.255",
        "169.253.255.255",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1"
      })
  void areCalled(String address) {
    assertThat(refused(address, false)).isFalse();
  }

  @Test
  void whatIsOursIsNotCalledEvenWithConsent() {
    AddressRules rules = new AddressRules(address -> address.getPort() == 4000);

    assertThat(rules.refusal(new InetSocketAddress("10.1.2.3", 4000), true)).isPresent();
    assertThat(rules.refusal(new InetSocketAddress("10.1.2.3", 4001), true)).isEmpty();
  }

  private static boolean refused(String address, boolean privateAllowed) {
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return AddressRules.STANDARD
          .refusal(new InetSocketAddress(parsed, 443), privateAllowed)
          .isPresent();
    } catch (UnknownHostException notAnAddress) {
      throw new AssertionError(notAnAddress);
    }
  }
}
