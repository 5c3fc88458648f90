from django.urls import path

from accounts.views import join, link, profile

app_name = "accounts"
urlpatterns = [
    path("join/", join.join, name="join"),
    path("l/", link.lost, name="lost"),
    path("l/<str:token>/", link.open_link, name="open"),
    path("l/open/<int:link_id>/join/", join.accept, name="accept"),
    path("l/open/<int:link_id>/address/", link.confirm_address, name="confirm_address"),
    path("me/", profile.profile, name="profile"),
    path("me/address/", profile.address, name="address"),
    path("me/address/take-back/", profile.take_back_address, name="take_back_address"),
    path("me/sign-out-everywhere/", profile.sign_out_everywhere, name="sign_out_everywhere"),
]
