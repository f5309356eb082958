"""Messages to colleagues and citizens, the channels that carry them, and every delivery."""

from gongkai.messaging.models.channels import ChannelChoice, Endpoint, SendingRules
from gongkai.messaging.models.deliveries import Delivery
from gongkai.messaging.models.messages import Digest, Message, OutsideNotice

__all__ = ["ChannelChoice", "Delivery", "Digest", "Endpoint", "Message", "OutsideNotice", "SendingRules"]
