"""Addresses of messages under /workbench/."""

from django.urls import path

from gongkai.messaging.views import channels, mine

app_name = "messaging"
urlpatterns = [
    path("messages/", mine.index, name="list"),
    path("messages/read/", mine.read, name="read"),
    path("messages/<int:pk>/", mine.follow, name="follow"),
    path("reminders/", mine.reminders, name="reminders"),
    path("reminders/try/", mine.try_mine, name="try_mine"),
    path("channels/", channels.index, name="channels"),
    path("channels/new/", channels.new, name="new_channel"),
    path("channels/rules/", channels.rules, name="rules"),
    path("channels/<int:pk>/", channels.change, name="channel"),
    path("channels/<int:pk>/try/", channels.try_one, name="try_channel"),
    path("deliveries/<uuid:pk>/again/", channels.again, name="again"),
]
