"""The addresses of the portal."""

from django.urls import path

from handrail.portal.views.articles import ArticlesView, ArticleView
from handrail.portal.views.bodies import BodyView, PictureView
from handrail.portal.views.closure import ClosureView
from handrail.portal.views.files import FileView
from handrail.portal.views.link import LinkView
from handrail.portal.views.messages import MessagesView
from handrail.portal.views.requests import NewView, RequestsView, ShowView
from handrail.portal.views.sign_in import SentView, SignInView
from handrail.portal.views.sign_out import SignOutView
from handrail.portal.views.welcome import HelpView

app_name = "portal"
_REQUEST = "help/requests/<int:number>"
urlpatterns = [
    path("help", HelpView.as_view(), name="welcome"),
    path("help/sign-in", SignInView.as_view(), name="sign-in"),
    path("help/sign-in/sent", SentView.as_view(), name="sent"),
    path("help/link/<str:secret>", LinkView.as_view(), name="link"),
    path("help/sign-out", SignOutView.as_view(), name="sign-out"),
    path("help/requests", RequestsView.as_view(), name="requests"),
    path("help/requests/new", NewView.as_view(), name="new"),
    path("help/articles", ArticlesView.as_view(), name="articles"),
    path("help/articles/<int:number>", ArticleView.as_view(), name="bare-article"),
    path("help/articles/<int:number>-<slug:slug>", ArticleView.as_view(), name="article"),
    path(_REQUEST, ShowView.as_view(), name="show"),
    path(f"{_REQUEST}/messages", MessagesView.as_view(), name="messages"),
    path(f"{_REQUEST}/messages/<uuid:message_id>/body", BodyView.as_view(), name="body"),
    path(f"{_REQUEST}/pictures/<str:token>", PictureView.as_view(), name="picture"),
    path(f"{_REQUEST}/files/<uuid:attachment_id>", FileView.as_view(), name="file"),
    path(f"{_REQUEST}/closure", ClosureView.as_view(), name="closure"),
]
